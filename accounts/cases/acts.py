"""A person's own lines in the trails of cases, for the copy of his data."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from records.models import Event
from records.people import Person

Rows = list[dict[str, Any]]


def acts_on(model: type[models.Model], user: Person) -> Rows:
    """What the person did with cases of a kind: number, act, own words."""
    events = Event.objects.filter(case_type=ContentType.objects.get_for_model(model), actor=user).order_by("at", "pk")
    numbers = dict(model._default_manager.filter(pk__in=events.values("case_id")).values_list("pk", "number"))
    return [{"编号": numbers.get(event.case_id, ""), **act(event)} for event in events]


def act(event: Event) -> dict[str, Any]:
    """One line of a trail."""
    return {"时间": event.at, "动作": event.step, "说明": event.text}
