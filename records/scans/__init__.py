"""What a paper really is: judged by its content, never by its name (domain.md §6.2, ADR 0013)."""

from dataclasses import dataclass

from records.scans.kinds import ALL, KINDS, Kind, kind_of
from records.scans.refusal import Proof, Refusal

__all__ = ["ALL", "KINDS", "Judged", "Kind", "Refusal", "scan"]


@dataclass(frozen=True)
class Judged:
    """A paper that is taken: its kind, and what its proof has found."""

    kind: Kind
    proof: Proof

    @property
    def name(self) -> str:
        """The name of its kind."""
        return self.kind.name


def scan(data: bytes, kinds: frozenset[str] = ALL) -> Judged:
    """Tell what the bytes are and prove them harmless; raise Refusal with code and reason."""
    kind = kind_of(data, kinds)
    return Judged(kind, kind.prove(data))
