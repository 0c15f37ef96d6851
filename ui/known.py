"""What the portal knows already: offered beside an empty field, and put into it by the person alone."""

from typing import NamedTuple


class Known(NamedTuple):
    """A value for one field: as the field takes it, as it reads, and where it comes from."""

    value: str
    words: str
    source: str
