"""A gateway that cannot be found is told when the portal is checked, not when the first code should leave."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register

from accounts.sms.gateways import gateway


@register()
def check_gateway(**_kwargs: Any) -> list[Error]:
    """One error where SMS_BACKEND leads nowhere."""
    try:
        gateway()
    except ImportError as trouble:
        hint = "Give the path of a function, such as accounts.sms.aliyun.to_aliyun (docs/settings.md)."
        return [Error(f"SMS_BACKEND {settings.SMS_BACKEND!r} cannot be used: {trouble}", hint=hint, id="accounts.E001")]
    return []
