"""What hangs on every case, whatever its kind: papers, turns, opinions, seats and the trail."""

from collections.abc import Mapping

from django.contrib.contenttypes.models import ContentType
from django.db import models

from records.models import Document, Event
from reviews.models import Opinion, PanelSeat, Turn
from tten.demo.mass.copying import Family, Mould
from tten.demo.mass.sql import keep_table
from tten.demo.mass.trail import copy_trail

Values = Mapping[str, str]


def name_cases(name: str, questions: Mapping[type[models.Model], str]) -> None:
    """Note which cases belong to which pattern; each question gives `case_id` and `pattern`."""
    kinds = ContentType.objects.get_for_models(*questions)
    parts = [
        f"SELECT {kind.pk} AS case_type_id, told.* FROM ({questions[model]}) told" for model, kind in kinds.items()
    ]
    keep_table(f"mass_{name}_case", " UNION ALL ".join(parts))


def hanging(name: str, turn: Values, event: Values) -> list[Mould]:
    """The tables of what hangs on the cases of a family; turn, event: what is otherwise in a copy."""
    of_case = f"JOIN mass_{name}_case k ON k.case_type_id = found.case_type_id AND k.case_id = found.case_id"
    of_turn = f"JOIN reviews_turn found ON found.id = part.turn_id {of_case}"
    return [
        Mould(Document, f"SELECT found.id, k.pattern FROM records_document found {of_case}"),
        Mould(Turn, f"SELECT found.id, k.pattern FROM reviews_turn found {of_case}", turn),
        Mould(Opinion, f"SELECT part.id, k.pattern FROM reviews_opinion part {of_turn}"),
        Mould(PanelSeat, f"SELECT part.id, k.pattern FROM reviews_panelseat part {of_turn}"),
        Mould(Event, f"SELECT found.id, k.pattern FROM records_event found {of_case}", event),
    ]


def copy_hanging(family: Family) -> None:
    """Make the copies of all of it but the papers, which are copied before whatever names them."""
    for model in (Turn, Opinion, PanelSeat):
        family.copy(model)
    copy_trail(family)
