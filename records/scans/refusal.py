"""Why a paper is not taken, and what is known of one that is."""

from dataclasses import dataclass


class Refusal(Exception):
    """One rule refuses a paper: `code` for tests and logs, `reason` continues «“文件名”…» and names the way out."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason


@dataclass(frozen=True)
class Proof:
    """What its proof has found out about a paper that is taken."""

    locked: bool = False  # everybody can open it, but its issuer forbids changes or copying
    kept: bytes | None = None  # what is kept instead of what came; None: byte for byte what came


PLAIN = Proof()
