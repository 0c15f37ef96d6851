"""How a notice leaves the house by mail: SMTP step by step, so that what is known after a failure is known."""

import contextlib
import re
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.message import sanitize_address

from notifications.lines import Away, Mark, Refused, Unsure, address_of
from notifications.models import Delivery, Notice
from ui.fields import one_line

NO_REPLY = "此邮件由系统自动发出，请勿回复。"
OK, FORWARDED, GO_ON, FINAL = 250, 251, 354, 500  # replies of SMTP; from 500 on a refusal is for good
END, BREAK, DOT = b"\r\n", re.compile(rb"\r?\n"), re.compile(rb"(?m)^\.")


def mail_of(notice: Notice, address: str) -> EmailMessage:
    """The notice's words with a link back to the portal."""
    body = f"{notice.body}\n\n{address_of(notice)}\n\n{NO_REPLY}"
    return EmailMessage(
        one_line(f"【天津科服网】{notice.subject}"),
        body,
        settings.DEFAULT_FROM_EMAIL,
        [address],
        headers=ids_of(notice),
    )


def ids_of(notice: Notice) -> dict[str, str]:
    """The same number whenever it is sent: a mail program shows two of it as one."""
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">")
    return {"Message-ID": f"<notice-{notice.pk}@{host}>"}


class MailLine:
    """One connection to the mail server; any other backend of Django's (console, file) is asked as a whole."""

    def __init__(self) -> None:
        self.backend = get_connection()

    def open(self) -> None:
        """Connect, unless it is connected."""
        try:
            self.backend.open()
        except OSError as trouble:
            raise Away(in_words(trouble)) from trouble

    def close(self) -> None:
        """Nothing is lost with a connection that does not end as it should."""
        with contextlib.suppress(OSError):
            self.backend.close()

    def send(self, message: Delivery, mark: Mark) -> None:
        """Send one mail."""
        mail = mail_of(message.notice, message.address)
        server = getattr(self.backend, "connection", None)
        try:
            if isinstance(server, smtplib.SMTP):
                over_smtp(server, mail, mark)
            else:
                mark()
                self.backend.send_messages([mail])
        except smtplib.SMTPRecipientsRefused as trouble:
            codes = [code for code, _ in trouble.recipients.values()]
            is_final = min(codes) >= FINAL
            raise Refused(in_words(trouble), for_good=is_final, nobody=is_final) from trouble
        except smtplib.SMTPDataError as trouble:
            raise Refused(in_words(trouble), for_good=trouble.smtp_code >= FINAL) from trouble
        except OSError as trouble:
            raise Away(in_words(trouble)) from trouble


def over_smtp(server: smtplib.SMTP, mail: EmailMessage, mark: Mark) -> None:
    """MAIL, RCPT, DATA, the words: only once these are under way may the server have taken it, whatever is heard then."""
    words = BREAK.sub(END, mail.message().as_bytes())
    sender, receiver = (sanitize_address(address, "utf-8") for address in (mail.from_email, mail.to[0]))
    server.ehlo_or_helo_if_needed()
    code, said = server.mail(sender)
    if code != OK:
        raise smtplib.SMTPSenderRefused(code, said, sender)
    code, said = server.rcpt(receiver)
    if code not in {OK, FORWARDED}:
        server.rset()
        raise smtplib.SMTPRecipientsRefused({receiver: (code, said)})
    code, said = server.docmd("DATA")
    if code == GO_ON:
        mark()
        code, said = answer_to(server, words)
    if code != OK:
        server.rset()
        raise smtplib.SMTPDataError(code, said)


def answer_to(server: smtplib.SMTP, words: bytes) -> tuple[int, bytes]:
    """What the server says to the words; Unsure where it says nothing that can be read."""
    try:
        server.send(END.join((DOT.sub(b"..", words).removesuffix(END), b".", b"")))
        code, said = server.getreply()
    except OSError as trouble:
        raise Unsure(in_words(trouble)) from trouble
    if code < OK:
        raise Unsure(in_words(smtplib.SMTPDataError(code, said)))
    return code, said


def in_words(trouble: Exception) -> str:
    """What went wrong, on one line."""
    return " ".join(f"{type(trouble).__name__} {trouble}".split())[:200]
