"""Mails of the demo: a line each in DEMO_MAIL_FILE, which the page 演示短信 shows."""

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone


class EmailBackend(BaseEmailBackend):
    """Writes mails down in place of sending them."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Add a line for each mail and each of its readers."""
        path = Path(settings.DEMO_MAIL_FILE)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            for mail in email_messages:
                words = " ".join(f"{mail.subject} {mail.body}".split())
                file.writelines(f"{timezone.localtime():%Y-%m-%d %H:%M:%S}\t{to}\t{words}\n" for to in mail.to)
        return len(email_messages)
