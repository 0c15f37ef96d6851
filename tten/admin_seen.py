"""Two who edit one row in the administration never overwrite each other in silence (ADR 0107)."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet, ValidationError

from records.changes import becomes
from records.locks import held_first, rested_on
from records.shown import ShownMixin

if TYPE_CHECKING:
    from django import forms
    from django.contrib.admin import ModelAdmin
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest

    Page = ModelAdmin[Any]
    Form = forms.ModelForm[Any]
else:
    Page = Form = object


class ListedMixin(Form):
    """A row that is edited in its list: what was not touched there is not written, what a colleague has changed is told."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Each box says what it has shown."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = True

    def clean(self) -> dict[str, Any]:
        """Hold the row that is written; refuse a box whose value has changed since."""
        cleaned: Any = super().clean()
        if self.instance.pk and self.has_changed():
            with held_first(type(self.instance)._default_manager.filter(pk=self.instance.pk)):
                self.instance.refresh_from_db()
            for name in set(self.changed_data) & set(self.cleaned_data):
                self.check_box(name, getattr(self.instance, name))
        return cleaned if cleaned is not None else self.cleaned_data

    def check_box(self, name: str, stored: object) -> None:
        """An error in the box whose value somebody else has changed."""
        shown = self.data.get(self.add_initial_prefix(name))
        if shown is not None and shown != str(stored) != str(self.cleaned_data[name]):
            self.add_error(name, becomes("", str(stored)))


class SeenMixin(Page):
    """A page of the administration whose forms know the row as it was shown."""

    def get_form(self, request: "HttpRequest", obj: "Model | None" = None, change: bool = False, **kwargs: Any) -> Any:
        """The form of one row."""
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (ShownMixin, form), {})

    def get_changelist_form(self, request: "HttpRequest", **kwargs: Any) -> Any:
        """The form of a row in its list."""
        form = super().get_changelist_form(request, **kwargs)
        return type(form.__name__, (ListedMixin, form), {})

    def get_object(self, request: "HttpRequest", object_id: str, from_field: str | None = None) -> Any:
        """The row; held from the first moment where something is written."""
        if request.method != "POST" or from_field or not self.may_write(request):
            return super().get_object(request, object_id, from_field)
        try:
            with held_first(*self.way_to(object_id)):
                return super().get_object(request, object_id)
        except (ValidationError, EmptyResultSet):  # a key that no row can have
            return None

    def may_write(self, request: "HttpRequest") -> bool:
        """Whether the row may be changed or deleted here; one that is only added to is held by nobody (ADR 0172)."""
        return bool(self.has_change_permission(request) or self.has_delete_permission(request))

    def way_to(self, object_id: str) -> "list[QuerySet[Any]]":
        """What is held before the row, and the row itself."""
        own = self.model._default_manager.filter(pk=self.opts.pk.to_python(object_id))
        rests_on = getattr(self.model, "RESTS_ON", ())
        below = [rested_on(self.model, path)._default_manager.filter(pk__in=own.values(path)) for path in rests_on]
        return [*below, own]
