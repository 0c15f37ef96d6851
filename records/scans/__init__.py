"""What a paper really is: judged by its content, never by its name (domain.md §6.2, ADR 0013)."""

from records.scans.kinds import ALL, KINDS, Kind, kind_of
from records.scans.refusal import Refusal

__all__ = ["ALL", "KINDS", "Kind", "Refusal", "scan"]


def scan(data: bytes, kinds: frozenset[str] = ALL) -> Kind:
    """Tell what the bytes are and prove them harmless; raise Refusal with code and reason."""
    kind = kind_of(data)
    if kind.name not in kinds:
        wanted = "、".join(KINDS[name].label for name in KINDS if name in kinds)
        raise Refusal("type", f"是 {kind.label} 文件，此处只接收 {wanted}，请更换文件。")
    kind.prove(data)
    return kind
