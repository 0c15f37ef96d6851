"""What text messages say."""

import re
from string import Formatter

from django.conf import settings

NOT_YOU = "如非本人操作，请忽略。"
TEMPLATES = {  # name → its words; the gateway keeps the same words under a number of its own (SMS_TEMPLATES)
    "code": f"验证码 {{code}}，{settings.CODE_MINUTES} 分钟内有效。请勿告诉他人，工作人员不会向您索要。",
    "taken": f"这个手机号已注册，请直接登录；忘记密码可以用短信验证码登录或找回。{NOT_YOU}",
    "unknown": f"这个手机号还没有注册，请先在网站注册。{NOT_YOU}",
    "notice": "您有一条新消息：{matter}。请登录网站，在“消息”中查看。",
    "invitation": "{name}邀请您加入，请用这个手机号登录网站，在“我的邀请”中查看。如非本人相关，请忽略。",
}
FIELD_MOST = 35  # characters of one value, as gateways have it
BARRED = re.compile(r"[【】\[\]<>\x00-\x1f]|https?://\S*|www\.\S*")


def message_words(template: str, params: dict[str, str]) -> str:
    """The words of a message as the person reads them; KeyError for a template or a value that is not there."""
    return TEMPLATES[template].format(**params)


def fitted(words: str) -> str:
    """A value as a gateway takes it into a template: no brackets, breaks or addresses, at most FIELD_MOST characters."""
    plain = " ".join(BARRED.sub(" ", words).split())
    return plain if len(plain) <= FIELD_MOST else f"{plain[: FIELD_MOST - 1]}…"


def check_fields(template: str, params: dict[str, str]) -> None:
    """Raise ValueError where the gateway would refuse the message: other fields than approved, or a value that fits none."""
    wanted = {name for _, name, _, _ in Formatter().parse(TEMPLATES[template]) if name}
    if wanted != set(params):
        raise ValueError(f"{template}: {sorted(params)} instead of {sorted(wanted)}")
    wrong = [name for name, value in params.items() if value != fitted(value) or not value]
    if wrong:
        raise ValueError(f"{template}: {', '.join(wrong)}")
