"""What is shown of an account: its last four figures, and whether the whole is still the same."""

import hashlib
from typing import Self


class Masked(str):
    """Words that show a part of what they stand for; `mark` tells one whole from another."""

    __slots__ = ("mark",)
    mark: str  # SHA-256, as 64 hexadecimal digits

    @classmethod
    def tail(cls, name: str, account: str) -> Self:
        """A name with the last four figures of its account."""
        shown = cls(f"{name}（尾号 {account[-4:]}）")
        shown.mark = hashlib.sha256(account.encode()).hexdigest()
        return shown
