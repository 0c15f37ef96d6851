"""核对: everything is sealed, then proved; what does not hold is written down, told and shown."""

import datetime as dt
from collections.abc import Iterator
from itertools import chain, islice

from django.utils import timezone

from notifications.services import notify
from records.doors import door
from seals import granting, growing, pooled
from seals.models import Audit
from seals.notices import BROKEN
from seals.proving import guards, leaves, ledger, papers, stamps, takeovers, trail
from seals.proving.asking import MOST
from seals.services import seal
from seals.signing import SealBroken


def audit(*, checkpoint: str = "", with_papers: bool = True) -> Audit:
    """Prove trail, ledger, leaves, tree and papers, and write down what was found.

    checkpoint: a signed note that a witness has kept. No transaction stands around it: it may take minutes.
    """
    began, read = timezone.now(), papers.Papers()
    findings = [*sealed(everything=True), *proofs(checkpoint), *(read.check() if with_papers else ())]
    return write_down(findings, began_at=began, lines=growing.size(), read=read.read)


def sealed(*, everything: bool) -> Iterator[str]:
    """Seal what has no leaf yet; why that cannot be done."""
    try:
        seal(everything=everything)
    except SealBroken as broken:
        yield str(broken)


def proofs(checkpoint: str) -> Iterator[str]:
    """What does not hold in the database, the first broken line of each check first."""
    yield from guards.guards()
    yield from islice(chain(granting.differences(), pooled.differences()), MOST) if granting.role() else ()
    yield from leaves.lines()
    yield from leaves.trees(growing.size(), checkpoint)
    yield from islice(stamps.stamps(), MOST)
    yield from islice(takeovers.takeovers(), MOST)
    yield from trail.chains()
    yield from trail.cases()
    yield from ledger.accounts()
    yield from ledger.applications()


@door
def write_down(findings: list[str], *, began_at: dt.datetime, lines: int, read: int) -> Audit:
    """Keep what was found; tell whoever keeps the portal where something does not hold."""
    row = Audit.objects.create(began_at=began_at, findings=findings, lines=lines, papers=read)
    if findings:
        notify(BROKEN, row)
    return row
