"""A gateway that cannot be found is told when the portal is checked, not when the first case comes in."""

from typing import Any

from django.core.checks import Error, register

from registers.gateways import gateway_of
from registers.kinds import Register, is_connected, line_of


@register()
def check_gateways(**_kwargs: Any) -> list[Error]:
    """One error for each register whose path leads nowhere."""
    found = []
    for one in Register:
        try:
            if is_connected(one):
                gateway_of(one)
        except ImportError as trouble:
            hint = "Give the path of a function, such as registers.http.ask (docs/registers.md)."
            name = f"{one.name}_BACKEND {line_of(one).backend!r}"
            found.append(Error(f"{name} cannot be used: {trouble}", hint=hint, id="registers.E001"))
    return found
