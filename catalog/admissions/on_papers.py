"""What the papers of an admission say: the unit's licence, and its certificates: for whom, which number, until when."""

from collections.abc import Iterator, Sequence

from accounts.certification.on_licence import LICENCE, lines_of, look_at
from catalog.models import Admission, Qualification
from papers.comparing import Outcome
from papers.evidence import Line, Looked, Noun, agreed, differences, look, misplaced, read_from, unread, way
from papers.facts import Kind
from papers.services import readings_of
from papers.values import FOR_GOOD
from policy.calendar import today
from reviews.kinds import Lines

CERTIFICATE = Noun("份", "资质证书")
HOLDER = "name"


def paper_lines(admission: Admission) -> Lines:
    """What differs, what waits and what agrees; one question for all papers."""
    unit, rows = admission.unit, admission.certificates
    licences = [unit.licence] if unit.licence else []
    found = readings_of([*licences, *(row.document for row in rows)])
    licence = [look_at(unit, paper, found.get(paper)) for paper in licences]
    certificates = [look(f"{row}", row.document, found.get(row.document), typed_of(row, admission)) for row in rows]
    told = [(one.words, HOLDER) for one in certificates]
    said = [
        *strangers(certificates),
        *ended(certificates),
        *differences(certificates, told),
        *misplaced(certificates, {Kind.CERTIFICATE, Kind.LICENCE}, CERTIFICATE.name),
        *unread(certificates),
        *agreed(certificates, CERTIFICATE),
    ]
    return [*lines_of(licence, LICENCE), *said]


def typed_of(row: Qualification, admission: Admission) -> dict[str, object]:
    """What was typed of a certificate, and who should hold it, by the names of the facts."""
    until = FOR_GOOD if row.permanent else row.valid_until
    return {HOLDER: admission.unit.name, "uscc": admission.unit.uscc, "number": row.number, "valid_until": until}


def strangers(looked: Sequence[Looked]) -> Iterator[Line]:
    """Certificates that name somebody else than the unit."""
    for one in looked:
        for figure in one.figures:
            if figure.name == HOLDER and figure.outcome == Outcome.DIFFERS and figure.fact is not None:
                text = f"{one.words}：证书写明的单位是“{figure.fact.value}”，不是申请单位“{figure.typed}”"
                yield {"tone": "warn", "text": text, "detail": read_from(figure.fact), **way(one.paper, figure.fact)}


def ended(looked: Sequence[Looked]) -> Iterator[Line]:
    """Certificates whose last day, as they say it, has passed."""
    for one in looked:
        fact = one.facts.of("valid_until")
        if fact is not None and fact.value != FOR_GOOD and fact.value < today().isoformat():
            text = f"{one.words}：证书上的有效期至 {fact.value}，已经过期"
            yield {"tone": "warn", "text": text, "detail": read_from(fact), **way(one.paper, fact)}
