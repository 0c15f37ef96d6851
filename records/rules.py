"""A broken rule travels up as one exception with one sentence; a middleware shows it as a 409 page."""

from collections.abc import Callable
from typing import Protocol, TypeVar, cast

from django.db import DatabaseError

Asked = TypeVar("Asked")
Predicate = TypeVar("Predicate", bound=Callable[..., bool])


class Rule(Protocol):
    """A condition with its sentence."""

    broken: tuple[str, str]  # code, sentence


class RuleBroken(Exception):
    """A rule of the domain refuses; `sentence` is Chinese, says which rule and the way out."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(code, sentence)
        self.code = code
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence


class StaleCase(RuleBroken):
    """The case has moved on since the person looked at it."""

    def __init__(self, changes: str = "") -> None:
        """changes: who has changed what since, in words."""
        if changes:
            sentence = f"页面打开之后，{changes}，本次操作没有生效。请核对现在的内容后再操作。"
        else:
            sentence = "页面打开之后，这个事项已经有了新的进展，本次操作没有生效，您填写的内容还在页面上。请另开窗口查看最新状态后再提交。"
        super().__init__("R-STALE", sentence)


class Overtaken(StaleCase):
    """A colleague has answered the same question otherwise since; what was typed is not saved, and stays on the page."""

    def __init__(self, changes: str, version: int, fields: dict[str, str]) -> None:
        """changes: who changed what. version: as the case stands now. fields: name → what stands there now."""
        RuleBroken.__init__(
            self,
            "R-STALE",
            f"您打开页面之后，{changes}。您填写的还没有保存，都在本页；核对后再保存一次，就以您填写的为准。",
        )
        self.version, self.fields = version, fields


class CaseBusy(RuleBroken):
    """Two wanted the same rows at once, and the database has broken this one off."""

    def __init__(self) -> None:
        super().__init__(
            "R-BUSY", "有人正在同时办理同一个事项，本次操作没有生效，什么也没有改动。请返回上一页，稍等片刻再试一次。"
        )


BROKEN_OFF = {"40P01", "40001", "55P03"}  # of PostgreSQL: deadlock, serialisation failure, lock not to be had in time


def is_broken_off(error: Exception) -> bool:
    """Whether the database broke a transaction off because of another one; the same again would be taken."""
    return isinstance(error, DatabaseError) and getattr(error.__cause__, "pgcode", "") in BROKEN_OFF


NOT_HERE = "R-PERM", "您没有办理这一步的权限，或者这一步不在您这里办理。"


def rule(code: str, sentence: str) -> Callable[[Predicate], Predicate]:
    """Give a condition of an arrow its sentence: `take_step` raises it when the condition does not hold."""

    def mark(condition: Predicate) -> Predicate:
        cast("Rule", condition).broken = (code, sentence)
        return condition

    return mark


def require(condition: Callable[[Asked], bool], case: Asked) -> None:
    """Raise the condition's own sentence if it does not hold for the case."""
    if not condition(case):
        raise RuleBroken(*cast("Rule", condition).broken)


def sentence_of(condition: Callable[..., bool]) -> str:
    """What the condition says where it does not hold."""
    return cast("Rule", condition).broken[1]
