"""A gateway that cannot be found is told when the portal is checked, not when the first code should leave."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register

from accounts.sms.gateways import named
from accounts.sms.words import TEMPLATES

CODELESS = {"accounts.sms.gateways.to_file", "accounts.sms.gateways.to_console"}  # they write the words themselves


@register()
def check_gateway(**_kwargs: Any) -> list[Error]:
    """One error for each gateway that leads nowhere, and one for templates without the code that the gateway knows."""
    paths = {"SMS_BACKEND": settings.SMS_BACKEND, "SMS_SECOND_BACKEND": settings.NOTICES["sms_second"]}
    return [problem for name, path in paths.items() if path and (problem := lost(name, path))] or uncoded()


def lost(name: str, path: str) -> Error | None:
    """What is wrong with the gateway's path."""
    try:
        named(path)
    except ImportError as trouble:
        hint = "Give the path of a function, such as accounts.sms.aliyun.to_aliyun (docs/settings.md)."
        return Error(f"{name} {path!r} cannot be used: {trouble}", hint=hint, id="accounts.E001")
    return None


def uncoded() -> list[Error]:
    """One error where texts go to a gateway that has to know each template by its approved code."""
    missing = sorted(TEMPLATES.keys() - settings.SMS_TEMPLATES.keys())
    if settings.SMS_BACKEND in CODELESS or not missing:
        return []
    hint = "accounts/sms/words.py has their words; the gateway gives a code for each once it has approved them."
    return [Error(f"SMS_TEMPLATES lacks {', '.join(missing)}", hint=hint, id="accounts.E002")]
