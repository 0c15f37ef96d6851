"""How a notice leaves the house."""

from django.conf import settings
from django.core.mail import send_mail

from notifications.models import Notice

NO_REPLY = "此邮件由系统自动发出，请勿回复。"


def send_by_mail(notice: Notice, address: str) -> None:
    """Send the notice's words with a link back to the portal."""
    body = f"{notice.body}\n\n{settings.SITE_URL}{notice.url}\n\n{NO_REPLY}"
    send_mail(f"【天津科服网】{notice.subject}", body, settings.DEFAULT_FROM_EMAIL, [address])
