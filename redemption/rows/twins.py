"""Whether a row stands there already: by keys as a reader compares them, of one row or of many in one question a key."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from ui.keys import AsRead, as_read

if TYPE_CHECKING:
    from redemption.rows.forms import RowForm

Values = tuple[str, ...]


@dataclass(frozen=True)
class Key:
    """What may stand in one row alone."""

    name: str  # the field beside which a refusal is said; the number of the invoice where that is empty
    columns: tuple[AsRead, ...]  # what the database compares
    of: Callable[[Mapping[str, Any]], Values]  # what was typed, in the order of the columns; () asks nothing
    again: str  # the refusal within the list
    used: str = ""  # that of another living claim, without saying whose; "": only the own list counts
    where: Q | None = None  # rows that have such a key at all


def refuse_twins(forms: Sequence["RowForm"]) -> None:
    """Refuse what stands in a row already, or in another row of these; forms of one claim, judged otherwise."""
    refused: set[int] = set()
    for kind in dict.fromkeys(type(form) for form in forms):
        for key in kind.keys:
            same = [form for form in forms if type(form) is kind and id(form) not in refused]
            refused.update(id(form) for form in refuse_by(key, same))


def refuse_by(key: Key, forms: Sequence["RowForm"]) -> Iterator["RowForm"]:
    """Those of the forms that this key refuses."""
    asked = [(form, tuple(map(as_read, typed))) for form in forms if (typed := key.of(form.cleaned_data))]
    stand = standing(key, asked[0][0], {typed for _, typed in asked}) if asked else {}
    seen: set[Values] = set()
    for form, typed in asked:
        claims = {claim for pk, claim in stand.get(typed, ()) if pk != form.instance.pk}
        if claims or typed in seen:
            mine = typed in seen or form.claim.pk in claims
            form.add_error(
                key.name if form.cleaned_data[key.name] else "invoice_number", key.again if mine else key.used
            )
            yield form
        seen.add(typed)


def standing(key: Key, form: "RowForm", typed: set[Values]) -> dict[Values, list[tuple[int, int]]]:
    """Values → [(row, claim)] that have them; one question for all of them."""
    named = {f"key_{n}": column for n, column in enumerate(key.columns)}
    any_of = reduce(or_, (Q(**dict(zip(named, values, strict=True))) for values in sorted(typed)))
    where = Q(claim=form.claim) | Q(live=True) if key.used else Q(claim=form.claim)
    rows = type(form.instance)._default_manager.annotate(**named).filter(key.where or Q(), where, any_of).order_by()
    found: dict[Values, list[tuple[int, int]]] = {}
    for pk, claim, *values in rows.values_list("pk", "claim", *named):
        found.setdefault(tuple(values), []).append((pk, claim))
    return found
