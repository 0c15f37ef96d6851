"""A portal that is to stamp and cannot says so when it is checked, not at the first checkpoint."""

from django.conf import settings
from django.core.checks import Error, register

from seals.stamping import NotStamped, is_there, roots


@register()
def check_stamps(**_kwargs: object) -> list[Error]:
    """What STAMP_ADDRESS lacks: the part, or the certificates by which stamps are judged."""
    address = settings.SEALING["stamp_address"]
    if not address:
        return []
    found = [] if address.startswith(("http://", "https://")) else [f"STAMP_ADDRESS is no http address: {address}"]
    if not is_there():
        found.append("STAMP_ADDRESS is set, and rfc3161-client is not installed.")
    try:
        roots()
    except NotStamped as trouble:
        found.append(str(trouble))
    return [Error(one, hint="docs/operations.md says how stamps are turned on.", id="seals.E001") for one in found]
