"""What a state of a machine means beside its name: one row a state, from which lines, turns, promises and looks are read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class S:
    """One state of a machine; its name stands in the machine's `State`."""

    tone: str  # how it looks: draft, underway, yours, done, refused, ended
    line: str = ""  # what 进度 calls it as a station of the straight way; "" where it is none
    stage: str = ""  # what the office's stage is called
    office: str = ""  # the kind of office whose turn it is
    promise: str = ""  # the field of the policy with the promised working days
    panel: bool = False  # an expert group is heard first
    editable: bool = False  # the applicant writes
    returned: bool = False  # something was sent back to the applicant
    asks: str = ""  # what the applicant is asked to do then, as it follows “请在 2026-12-08 前”
    dead: bool = False  # refused or ended: it binds nothing any more


States = dict[str, S]
