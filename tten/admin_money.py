"""Amounts in 后台管理: written as everywhere, in lists, on pages that are only read, and in the rows below them."""

from collections.abc import Container, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from django.contrib.admin import ModelAdmin, display
from django.db import models
from django.utils.html import format_html

from ui.templatetags.ui import money

if TYPE_CHECKING:  # what it is mixed into
    from django.contrib.admin.options import InlineModelAdmin
    from django.http import HttpRequest

    Page = ModelAdmin[Any]
else:
    Page = object

FEN = 2  # places of an amount in yuan
IN_TEN_THOUSANDS = {"capital", "revenue", "research_spend"}  # columns of a unit, whose labels name 万元


def in_yuan(model: type[models.Model]) -> dict[object, "models.DecimalField[Any, Any]"]:
    """The columns of a model that hold amounts in yuan, by name."""
    columns = [column for column in model._meta.fields if isinstance(column, models.DecimalField)]
    return {row.name: row for row in columns if row.decimal_places == FEN and row.name not in IN_TEN_THOUSANDS}


@cache
def as_money(model: type[models.Model], name: object) -> Any:
    """How a column of yuan is shown, at the right; whatever was named, of any other."""
    column = in_yuan(model).get(name)
    if column is None:
        return name

    def shown(row: models.Model) -> str:
        return format_html('<span class="money">{}</span>', money(getattr(row, column.name)))

    shown.__name__ = column.name
    return display(shown, description=column.verbose_name, ordering=column.name)


def all_as_money(model: type[models.Model], names: Iterable[Any], only: Container[str] | None = None) -> list[Any]:
    """The same for each of the names, or for those among `only`; names that share a line stay together."""
    return [
        tuple(all_as_money(model, name, only))
        if isinstance(name, tuple)
        else (as_money(model, name) if only is None or name in only else name)
        for name in names
    ]


class MoneyMixin(Page):
    """A page of the administration on which what nobody can change there is written as it is read elsewhere."""

    def get_list_display(self, request: "HttpRequest") -> Any:
        """The columns of the list."""
        return all_as_money(self.model, super().get_list_display(request))

    def get_readonly_fields(self, request: "HttpRequest", obj: models.Model | None = None) -> Any:
        """What is only read."""
        return all_as_money(self.model, super().get_readonly_fields(request, obj))

    def get_fieldsets(self, request: "HttpRequest", obj: models.Model | None = None) -> Any:
        """The parts of the page."""
        parts = super().get_fieldsets(request, obj)
        if not in_yuan(self.model):
            return parts
        is_read = obj is not None and not self.has_change_permission(request, obj)
        only = None if is_read else {getattr(name, "__name__", name) for name in self.get_readonly_fields(request, obj)}
        return [(title, {**part, "fields": all_as_money(self.model, part["fields"], only)}) for title, part in parts]

    def get_inline_instances(
        self, request: "HttpRequest", obj: models.Model | None = None
    ) -> "list[InlineModelAdmin[Any, Any]]":
        """The rows below."""
        inlines = super().get_inline_instances(request, obj)
        for inline in inlines:
            if inline.fields and not inline.has_change_permission(request, obj):
                vars(inline)["fields"] = all_as_money(inline.model, inline.fields)  # of this request alone
        return inlines
