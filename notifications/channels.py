"""How a notice leaves the house."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from notifications.models import Notice
from ui.fields import one_line

NO_REPLY = "此邮件由系统自动发出，请勿回复。"


def send_by_mail(notice: Notice, address: str, line: BaseEmailBackend | None = None) -> None:
    """Send the notice's words with a link back to the portal; line: a connection that is used for several."""
    body = f"{notice.body}\n\n{settings.SITE_URL}{notice.url}\n\n{NO_REPLY}"
    subject = one_line(f"【天津科服网】{notice.subject}")
    EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [address], connection=line).send()
