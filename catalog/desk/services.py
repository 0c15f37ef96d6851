"""Verbs of the desks: acts on several rows, edits of one row, each with its line in the row's trail."""

from collections.abc import Callable, Sequence
from copy import copy
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet

from accounts.models import Duty
from catalog.desk import tasks
from catalog.desk.acts import Act
from catalog.desk.carrying import change, check_keepers, counted, held_rows, key_field, key_of, line_of, tell
from catalog.mall.services import locked, refresh_laboratory, refresh_provider
from catalog.mall.wording import changes_between
from catalog.models import Category, DeskAct, DeskLine, Laboratory, Product, Provider
from records.doors import door
from records.locks import hold_row
from records.models import Trailed
from records.people import Person
from records.queue import after_commit
from records.rules import RuleBroken
from records.steps import write


@door
def carry_out(act: Act, rows: QuerySet[Any], *, by: Person, reason: str, seen: dict[str, str]) -> DeskAct:
    """Do it to those of the rows that can take it, and say of each what became of it.

    seen: key → how the row stood when it was shown; a row that stands otherwise by now stays as it is.
    """
    check_reason(by, reason)
    held = held_rows(rows)
    check_keepers(held, by)
    lines = [line_of(act, row, seen=seen.get(key_of(row))) for row in held]
    done = change(act, [row for row, line in zip(held, lines, strict=True) if line["done"]], by=by, reason=reason)
    kept = begun(act, rows.model, by=by, reason=reason)
    kept.total, kept.done, kept.left = len(lines), len(done), len(lines) - len(done)
    if done and kept.of_platform and act.takes_off:
        kept.told = tell(act, rows.model._default_manager.filter(pk__in=done), reason, by)
    kept.save()
    DeskLine.objects.bulk_create(DeskLine(act=kept, **line) for line in lines)
    return kept


@door
def ask_for_all(act: Act, rows: QuerySet[Any], *, by: Person, reason: str) -> DeskAct:
    """Let a worker do it to all of these rows, each as it stands now; RuleBroken where they are too many for one act."""
    check_reason(by, reason)
    kept = begun(act, rows.model, by=by, reason=reason)
    kept.stage, kept.total = DeskAct.Stage.WORKING, counted(rows)
    if kept.total > settings.DESK_ACT_ROWS:
        raise RuleBroken("R-MANY", too_many())
    kept.save()
    row = rows.model()
    found = rows.order_by("pk").values_list(key_field(rows.model), act.field)
    lines = (DeskLine(act=kept, key=str(key), was=act.words(row, value)) for key, value in found)
    DeskLine.objects.bulk_create(lines, batch_size=5_000)
    after_commit(tasks.carry_on, kept.pk)
    return kept


def too_many() -> str:
    """Why all that was found is not taken at once."""
    return f"一次最多办理 {settings.DESK_ACT_ROWS:,} 行，找到的比这多。请增加筛选条件，分几次办理。"


def begun(act: Act, model: type[Model], *, by: Person, reason: str) -> DeskAct:
    """What is written down of an act, before it is known what became of the rows."""
    matter = str(model._meta.verbose_name)
    of_platform = by.duty == Duty.CATALOG
    return DeskAct(name=act.name, label=act.label, matter=matter, reason=reason, by=by, of_platform=of_platform)


def check_reason(by: Person, reason: str) -> None:
    """Raise RuleBroken where the platform gives no reason."""
    if by.duty == Duty.CATALOG and not reason.strip():
        raise RuleBroken("R-WORDS", "请写明原因：它会写进每一行的历史，下架和停用时服务机构和买方也会看到。")


@door
def keep_row(form_of: Callable[[Any], Any], row: Trailed, *, by: Person) -> Any:
    """Keep what the curator typed over the row, which is held from now on; the form says what is against it.

    form_of: makes the form of the row as it stands.
    """
    is_new = row.pk is None
    held = row if is_new else held_one(row)
    before = copy(held)
    form = form_of(held)
    if form.is_valid() and (is_new or form.changed_data):
        if isinstance(row, Product) and not is_new and "category" in form.changed_data:
            form.instance.is_marked = form.instance.mark_rests = False  # the platform gives it anew
        kept = form.save()
        text = "" if is_new else changes_between(before, kept, form.changed_data)
        write(kept, "row_made" if is_new else "row_changed", by=by, text=text)
        follow_up(kept, form.changed_data)
    return form


def held_one(row: Trailed) -> Any:
    """The row as it stands now, held with what it rests on."""
    if isinstance(row, Product):
        return locked(row)
    if isinstance(row, Laboratory):
        hold_row(Provider.objects.all(), row.provider_id)
    return hold_row(type(row)._default_manager.all(), row.pk)


def follow_up(row: Trailed, changed: Sequence[str]) -> None:
    """Bring what is searched up to date."""
    if isinstance(row, Product):
        refresh_provider(row.provider)
    elif isinstance(row, Laboratory):
        refresh_laboratory(row)
    elif isinstance(row, Provider) and "name" in changed:
        refresh_provider(row)
    elif isinstance(row, Category) and "name" in changed:
        for provider in Provider.objects.filter(products__category__in=[row, *row.children.all()]).distinct():
            refresh_provider(provider)
