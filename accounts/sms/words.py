"""What text messages say."""

from django.conf import settings

NOT_YOU = "如非本人操作，请忽略。"
TEMPLATES = {  # name → its words; the gateway keeps the same words under a number of its own (SMS_TEMPLATES)
    "code": f"验证码 {{code}}，{settings.CODE_MINUTES} 分钟内有效。请勿告诉他人，工作人员不会向您索要。",
    "taken": f"这个手机号已注册，请直接登录；忘记密码可以用短信验证码登录或找回。{NOT_YOU}",
    "unknown": f"这个手机号还没有注册，请先在网站注册。{NOT_YOU}",
    "invitation": "{name}邀请您加入，请用这个手机号登录网站，在“我的邀请”中查看。如非本人相关，请忽略。",
}


def message_words(template: str, params: dict[str, str]) -> str:
    """The words of a message as the person reads them; KeyError for a template or a value that is not there."""
    return TEMPLATES[template].format(**params)
