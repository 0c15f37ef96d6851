"""Which notices there are, and by which ways each goes: an app lists its own in `notices.py`, its `kind.py` says at which state."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from notifications.matters import OTHERS, Matter
from notifications.models import Channel
from records.people import Person

KINDS: dict[str, "Kind"] = {}  # by name, as the apps have listed them


@dataclass(frozen=True)
class Kind:
    """A kind of notice: `templates/notices/<name>.txt` holds its words, the first line is the subject."""

    name: str
    recipients: Callable[[Any], Iterable[Person]]  # of a case
    by_mail: bool = True  # whether it leaves the portal at all
    by_text: bool = False  # whether it goes by text and 微信 where mail leads nowhere: what a right may be lost by
    encloses: bool = False  # whether what the case encloses (its 提交回执) stands below the words
    leads_to: Callable[[Any], Any] = lambda case: case  # what its recipients may open instead of the case
    matter: Matter = OTHERS  # what 消息设置 says of it

    def __post_init__(self) -> None:
        KINDS.setdefault(self.name, self)

    @property
    def ways(self) -> tuple[Channel, ...]:
        """The channels by which it leaves, one after the other until one has taken it."""
        if not self.by_mail:
            return ()
        return (Channel.MAIL, Channel.SMS, Channel.WECHAT) if self.by_text else (Channel.MAIL,)


def kind_named(name: str) -> Kind | None:
    """The kind of this name; None for one that there is no more."""
    return KINDS.get(name)
