"""What the portal knows already: offered beside an empty field, and put into it by the person alone."""

from typing import NamedTuple


class Known(NamedTuple):
    """A value for one field: as the field takes it, as it reads, and where it comes from."""

    value: str
    words: str
    source: str


class Hint(NamedTuple):
    """What a paper says of one field, beside what stands in it; an empty one keeps the place for what is being read.

    says: offered (the field is empty), agrees, differs, or "" where nothing was read.
    """

    says: str = ""
    value: str = ""  # as the field takes it
    words: str = ""  # as it stands on the paper
    source: str = ""  # 证照上
    sureness: str = ""  # 已核验, 请核对
