"""How a mail about an account leaves the house."""

from django.conf import settings
from django.core.mail import send_mail

from accounts.models import AccountMail
from accounts.sms.delivery import Way
from accounts.sms.gateways import NotSent
from notifications.channels import NO_REPLY

SUBJECTS = {"code": "找回密码", "unknown": "找回密码", "mail": "验证邮箱"}
WORDS = {
    "code": "您正在找回密码，验证码是 {code}，{minutes} 分钟内有效。请勿告诉他人。{not_you}",
    "mail": "您正在把这个邮箱登记到您的帐号，验证码是 {code}，{minutes} 分钟内有效。请勿告诉他人。{not_you}",
    "unknown": "有人用这个邮箱找回密码，但没有可以用它找回的帐号，请改用手机号，或先注册。{not_you}",
}
NOT_YOU = "如非本人操作，请忽略此邮件。"


def mail_words(template: str, params: dict[str, str]) -> str:
    """The words of a mail; KeyError for a template or a value that is not there."""
    return WORDS[template].format(**params, not_you=NOT_YOU, minutes=settings.CODE_MINUTES)


def by_mail(mail: AccountMail) -> str:
    """Send one mail; a code that arrives twice is the same code, so that another try is safe."""
    body = f"{mail_words(mail.template, mail.params)}\n\n{settings.SITE_URL}\n\n{NO_REPLY}"
    try:
        send_mail(f"【天津科服网】{SUBJECTS[mail.template]}", body, settings.DEFAULT_FROM_EMAIL, [mail.to])
    except OSError as trouble:
        raise NotSent(f"{type(trouble).__name__} {trouble}", again=True) from trouble
    return "mail"


MAILS = Way(AccountMail, by_mail)
