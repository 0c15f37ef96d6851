"""What the papers of an admission say: the unit's licence, and its certificates as far as they name a unit."""

from accounts.certification.on_licence import LICENCE, lines_of, look_at
from catalog.models import Admission
from papers.evidence import Looked, Noun, agreed, differences, look, unread
from papers.services import readings_of
from reviews.kinds import Lines

CERTIFICATE = Noun("份", "资质证书")


def paper_lines(admission: Admission) -> Lines:
    """What differs, what waits and what agrees; one question for all papers."""
    unit, rows = admission.unit, admission.certificates
    licences = [unit.licence] if unit.licence else []
    found = readings_of([*licences, *(row.document for row in rows)])
    licence = [look_at(unit, paper, found.get(paper)) for paper in licences]
    named = {"name": unit.name, "uscc": unit.uscc}
    certificates: list[Looked] = [look(f"{row}", row.document, found.get(row.document), named) for row in rows]
    said = [*differences(certificates), *unread(certificates), *agreed(certificates, CERTIFICATE)]
    return [*lines_of(licence, LICENCE), *said]
