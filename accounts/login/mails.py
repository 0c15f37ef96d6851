"""Mails about an account itself: they leave in the worker, so that nobody can tell by the time whether there is one."""

from django.conf import settings
from django.db import transaction

from accounts.login.tasks import deliver_mail
from notifications.channels import NO_REPLY

SUBJECTS = {"code": "找回密码", "unknown": "找回密码", "mail": "验证邮箱"}
WORDS = {
    "code": "您正在找回密码，验证码是 {code}，{minutes} 分钟内有效。请勿告诉他人。{not_you}",
    "mail": "您正在把这个邮箱登记到您的帐号，验证码是 {code}，{minutes} 分钟内有效。请勿告诉他人。{not_you}",
    "unknown": "有人用这个邮箱找回密码，但没有可以用它找回的帐号，请改用手机号，或先注册。{not_you}",
}
NOT_YOU = "如非本人操作，请忽略此邮件。"


def send_mail_later(address: str, template: str, **params: str) -> None:
    """Hand one mail to the worker on commit."""
    words = WORDS[template].format(**params, not_you=NOT_YOU, minutes=settings.CODE_MINUTES)
    body = f"{words}\n\n{settings.SITE_URL}\n\n{NO_REPLY}"
    subject = f"【天津科服网】{SUBJECTS[template]}"
    transaction.on_commit(lambda: deliver_mail.delay(address, body, subject), robust=True)
