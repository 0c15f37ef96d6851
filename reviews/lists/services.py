"""Verbs of a person's own lists: a view saved, called otherwise, thrown away; columns chosen."""

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.http import QueryDict

from records.doors import door
from records.locks import hold_row
from records.people import Person
from records.rules import RuleBroken
from reviews.lists.columns import columns_of
from reviews.lists.picked import PICKED
from reviews.models import MOST_VIEWS, ListColumns, SavedView
from ui.deep import PLACES

FULL = f"每人最多保存 {MOST_VIEWS} 个视图，这个没有保存。请先在“我的视图”里删除不再需要的。"
OF_A_PLACE = {*PLACES, PICKED, "page", "view"}  # what an address says beside conditions and order
LONGEST = 1000  # characters of a query; all filters filled hold less


def asked_by(query: str) -> str:
    """Conditions and order of an address, without where the reader stood in the list."""
    kept = QueryDict(query[:LONGEST], mutable=True)
    for name in OF_A_PLACE & set(kept):
        del kept[name]
    return QueryDict.urlencode(kept)[:LONGEST]


@door
def save_view(view: SavedView, *, by: Person) -> SavedView:
    """Keep a view, new or under another name, as one of the person's own."""
    hold_row(get_user_model().objects.all(), by.pk)  # two at once do not pass the limit together
    if view.pk is None and SavedView.objects.filter(user=by).count() >= MOST_VIEWS:
        raise RuleBroken("R-MANY", FULL)
    view.user = by
    view.save()
    return view


@door
def delete_view(view: SavedView, *, by: Person) -> None:
    """Throw one of the person's own views away."""
    SavedView.objects.filter(pk=view.pk, user=by).delete()


@door
def choose_columns(page: str, keys: Iterable[str], *, by: Person) -> ListColumns:
    """Keep which columns of a list the person wants to see; those that it does not have are left out."""
    wanted = set(keys)
    chosen = [column.key for column, _ in columns_of(page, None) if column.key in wanted]
    kept, _ = ListColumns.objects.update_or_create(user=by, page=page, defaults={"columns": chosen})
    return kept
