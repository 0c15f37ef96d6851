"""One shape for every register: a question goes out, an answer comes back, or NotAnswered says why not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import cast

from django.utils.module_loading import import_string

from registers.kinds import FACTS, WAITS, WORDS, Register, Status, Trouble, line_of
from ui.fields import one_line

A_SOURCE = 60  # characters that are kept of the name
A_FACT = 200  # and of a fact
Terms = Mapping[str, str]


class NotAnswered(Exception):
    """The register has said nothing that counts; it may be asked again."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.label)
        self.trouble = trouble


@dataclass(frozen=True)
class Answered:
    """What a register has said: its word, the facts that are kept, and the name under which it speaks."""

    status: Status
    facts: dict[str, str] = field(default_factory=dict)
    source: str = ""


Gateway = Callable[[str, str, Terms], Answered]


def gateway_of(register: str) -> Gateway:
    """The function that the settings name for the register; ImportError where they name none."""
    return cast("Gateway", import_string(line_of(register).backend))


def answer_from(register: str, said: object) -> Answered:
    """Read an answer as it came, {status, facts, source}; NotAnswered for 稍后重试, 超次数, and for what makes no sense."""
    told = table(said)
    word = plain(told.get("status"), A_FACT)
    if word in WAITS:
        raise NotAnswered(WAITS[word])
    status, facts = WORDS[Register(register)].get(word), facts_from(register, told.get("facts"))
    if status is None or (status == Status.ACTIVE and not facts.get("name")):
        raise NotAnswered(Trouble.BROKEN)
    return Answered(status, facts, plain(told.get("source"), A_SOURCE) or Register(register).label)


def facts_from(register: str, said: object) -> dict[str, str]:
    """The facts that the register is asked for, each on one line; nothing else is kept."""
    told = table(said)
    found = {name: plain(told.get(name), A_FACT) for name in FACTS[Register(register)]}
    return {name: value for name, value in found.items() if value}


def table(said: object) -> dict[object, object]:
    """A JSON object as it came; an empty one for anything else."""
    return dict(said) if isinstance(said, dict) else {}


def plain(value: object, most: int) -> str:
    """A text of somebody else on one line, without what no database takes, cut; "" for anything that is no text."""
    if not isinstance(value, str):
        return ""
    return one_line(value.encode("utf-8", "ignore").decode())[:most].strip()
