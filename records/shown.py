"""A form knows the row as it was shown: whoever saves it after somebody else is told so, and keeps what he typed.

Cases have a version and a list of changes (`records/changes.py`); this is for every other row that people edit.
"""

import datetime as dt
import re
import time
from typing import TYPE_CHECKING, Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.forms import model_to_dict
from django.http import QueryDict
from django.utils.crypto import salted_hmac

from records.changes import WORDS, becomes, signed
from records.models import Trailed
from records.people import Person
from records.rules import Overtaken

SHOWN = "shown"  # the hidden field
PART = re.compile(r"([a-z][a-z_]*)=([0-9a-f]{12})")
AT = re.compile(r"at:([0-9]{13}) ")  # milliseconds

if TYPE_CHECKING:
    from django import forms

    Base = forms.ModelForm[Any]
else:
    Base = object


def digest(value: object) -> str:
    """What an answer is compared by later; equal for a row's value and for what a form makes of it."""
    if isinstance(value, list | tuple):
        text = ",".join(sorted(str(getattr(one, "pk", one)) for one in value))
    else:
        text = str(getattr(value, "pk", value) if value is not None else "").replace("\r\n", "\n").strip()
    return salted_hmac("records.shown", text.encode(errors="surrogatepass"), algorithm="sha256").hexdigest()[:12]


def last_hand(row: Model, since: dt.datetime) -> tuple[Person, dt.datetime] | None:
    """Who has changed the row last since then, and when; None where nothing was written down."""
    if isinstance(row, Trailed):
        line = row.events.filter(at__gt=since).select_related("actor").order_by("-sequence").first()
        return (line.actor, line.at) if line else None
    kind = ContentType.objects.get_for_model(row)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(row.pk), action_time__gt=since)
    entry: Any = entries.select_related("user").order_by("-action_time").first()
    return (entry.user, entry.action_time) if entry else None


class ShownMixin(Base):
    """A form over a row that others may change meanwhile; its page sends `shown` along. Built over the held row."""

    staff_as = ""  # what somebody with a duty is called before readers who are to know no names

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Remember what stands in the row now."""
        super().__init__(*args, **kwargs)
        stored = model_to_dict(self.instance, fields=list(self.fields)) if self.instance.pk else {}
        self.stored = {name: digest(value) for name, value in stored.items()}

    @property
    def shown(self) -> str:
        """What the form's hidden field says; "" of a new row."""
        parts = " ".join(f"{name}={held}" for name, held in self.stored.items())
        return f"at:{time.time_ns() // 10**6:013} {parts}" if parts else ""

    def clean(self) -> dict[str, Any]:
        """Refuse what was typed over an older row: with who has changed what, beside each field what stands there now."""
        cleaned: Any = super().clean()
        told = self.data.get(SHOWN, "")
        before, at = dict(PART.findall(told)), AT.match(told)
        changed = [name for name in self.stored if before.get(name, self.stored[name]) != self.stored[name]]
        if changed and at:
            self.tell(changed, before, dt.datetime.fromtimestamp(int(at[1]) / 1000, dt.UTC))
        return cleaned if cleaned is not None else self.cleaned_data

    def tell(self, changed: list[str], before: dict[str, str], since: dt.datetime) -> None:
        """Say it; what the person has not touched takes the new value."""
        who = self.who_since(since)
        untouched = [
            name for name in changed if name in self.cleaned_data and digest(self.cleaned_data[name]) == before[name]
        ]
        labels = "、".join(str(self.fields[name].label) for name in changed)
        self.add_error(None, Overtaken(f"{who or '有人'}修改了{labels}", 0, {}).sentence)
        for name in changed:
            self.add_error(name, becomes(who, self.in_words(name)))
        self.data = self.with_stored(untouched)

    def who_since(self, since: dt.datetime) -> str:
        """Who has changed the row since then, and when; "" where nothing says it."""
        hand = last_hand(self.instance, since)
        if hand is None:
            return ""
        person, at = hand
        return signed(self.staff_as if person.duty and self.staff_as else str(person), at)

    def in_words(self, name: str) -> str:
        """What stands in the row, as people read it."""
        value = getattr(self.instance, name)
        if isinstance(value, bool):
            return WORDS[value]
        choices = dict(self.instance._meta.get_field(name).flatchoices)
        if isinstance(value, list):
            labels: dict[Any, Any] = dict(getattr(self.fields[name], "choices", ()))
            return "、".join(str(labels.get(one, one)) for one in value)
        return str(choices.get(value, value) if value is not None else "")

    def with_stored(self, names: list[str]) -> QueryDict:
        """What was sent, with the row's values under these names."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        for name in names:
            value, key = self.initial[name], self.add_prefix(name)
            if isinstance(value, list | tuple):
                data.setlist(key, value)
            elif isinstance(value, bool):
                data.pop(key, None)
                data.update({key: "on"} if value else {})
            else:
                data[key] = self.fields[name].widget.format_value(value) or ""
        return data
