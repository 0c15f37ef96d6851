"""What is asked for of time: of an order, of the hours of an instrument, of a day on which it is closed."""

import datetime as dt
from functools import cache, partial
from typing import Any, ClassVar

from django import forms
from django.utils.functional import lazy

from orders.booking.models import LONGEST_WHY, LONGEST_WORDS, MOST_HOURS, MOST_PLACES, STEPS, WEEKDAYS, Timetable
from orders.booking.times import Span, closed_ahead, taken_ahead
from ui.fields import CountField, DateField, TitleField
from ui.forms import SectionsMixin

DAY_FIELD, START, LENGTH = TIME = ("time_day", "time_start", "time_minutes")
HALF_HOURS = [dt.time(number // 2, number % 2 * 30) for number in range(48)]
CLOCK = [(f"{at:%H:%M}", f"{at:%H:%M}") for at in HALF_HOURS]
ALL_OR_NONE = "请把机时日期、开始时间和时长都选上，或者都不选，由服务机构与您商定。"
BACKWARDS = "结束时间应晚于开始时间，并且至少够一个预约单位。"
NO_DAY = "请至少勾选一个开放日；整台设备暂停预约的，取消勾选“接受机时预约”。"


def time_of(text: str) -> dt.time:
    """09:30 as a time."""
    return dt.time.fromisoformat(text)


def time_fields(timetable: Timetable, *, required: bool) -> dict[str, forms.Field]:
    """Day, beginning and length, as the hours of the instrument offer them."""
    opens, closes = (at.hour * 60 + at.minute for at in (timetable.opens_at, timetable.closes_at))
    starts = [f"{at // 60:02}:{at % 60:02}" for at in range(opens, closes - timetable.step + 1, timetable.step)]
    longest = min(timetable.most * 60, closes - opens)
    lengths: list[tuple[object, str]] = [
        (minutes, length_words(minutes)) for minutes in range(timetable.step, longest + 1, timetable.step)
    ]
    choose: list[tuple[object, str]] = [("", "请选择")]
    hint = lazy(cache(partial(day_hint, timetable)), str)()  # asked once, and only where the form is drawn
    return {
        DAY_FIELD: DateField(label="机时日期", required=required, back=0, ahead=1, help_text=hint),
        START: forms.TypedChoiceField(
            label="开始时间",
            required=required,
            coerce=time_of,
            empty_value=None,
            choices=[*choose, *((at, at) for at in starts)],
        ),
        LENGTH: forms.TypedChoiceField(
            label="时长", required=required, coerce=int, empty_value=None, choices=choose + lengths
        ),
    }


def day_hint(timetable: Timetable) -> str:
    """When it is open, and what is taken next."""
    taken = "、".join(f"{row}" for row in taken_ahead(timetable))
    places = f"，{timetable.places} 个机位" if timetable.places > 1 else ""
    closed = "、".join(f"{day}" for day in closed_ahead(timetable))
    rests = f"停用：{closed}。" if closed else ""
    return f"开放时间：{timetable.words}{places}。{rests}{f'已约：{taken}。' if taken else '近期还没有人预约。'}"


def length_words(minutes: int) -> str:
    """90 minutes as 1.5 小时."""
    return f"{minutes / 60:g} 小时"


def span_in(data: dict[str, Any]) -> Span | None:
    """The time that was chosen; None unless day, beginning and length are there."""
    day, start, minutes = (data.get(name) for name in TIME)
    return Span.of(day, start, minutes) if day and start and minutes else None


class AddForm(SectionsMixin, forms.Form):
    """A time for an order that has none."""

    sections: ClassVar[dict[str, list[str]]] = {"机时": [*TIME]}

    def __init__(self, *args: Any, timetable: Timetable, **kwargs: Any) -> None:
        """Offer what the hours offer."""
        super().__init__(*args, **kwargs)
        self.fields.update(time_fields(timetable, required=True))


class MoveForm(SectionsMixin, forms.Form):
    """Another time for an order, and why."""

    sections: ClassVar[dict[str, list[str]]] = {"新的时间": [*TIME, "words"]}
    words = TitleField(label="说明", max_length=LONGEST_WORDS, help_text="为什么改、怎样联系；买方会在消息里看到")

    def __init__(self, *args: Any, timetable: Timetable, **kwargs: Any) -> None:
        """Offer what the hours offer."""
        super().__init__(*args, **kwargs)
        self.fields.update(time_fields(timetable, required=True))
        self.order_fields([*TIME, "words"])


class TimetableForm(SectionsMixin, forms.ModelForm):
    """The hours of an instrument."""

    sections: ClassVar[dict[str, list[str]]] = {
        "开放时间": ["is_open", "weekdays", "opens_at", "closes_at"],
        "预约规则": ["step", "most", "places"],
    }
    weekdays = forms.MultipleChoiceField(
        label="开放日",
        choices=list(WEEKDAYS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": NO_DAY},
    )
    opens_at = forms.TypedChoiceField(label="开始时间", choices=CLOCK, coerce=time_of)
    closes_at = forms.TypedChoiceField(label="结束时间", choices=CLOCK, coerce=time_of)
    most = CountField(label="一次最长（小时）", min_value=1, max_value=MOST_HOURS)
    places = CountField(label="同时可约的机位", min_value=1, max_value=MOST_PLACES)

    class Meta:
        model = Timetable
        fields = ("is_open", "weekdays", "opens_at", "closes_at", "step", "most", "places")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Show the times as they are chosen."""
        super().__init__(*args, **kwargs)
        self.initial["weekdays"] = list(self.instance.weekdays)
        for name in ("opens_at", "closes_at"):
            self.initial[name] = f"{getattr(self.instance, name):%H:%M}"

    def clean_weekdays(self) -> str:
        """The figures in order."""
        return "".join(sorted(self.cleaned_data["weekdays"]))

    def clean(self) -> dict[str, Any]:
        """It closes after it opens, with room for one booking."""
        data = super().clean() or {}
        opens, closes = data.get("opens_at"), data.get("closes_at")
        if opens and closes:
            day = dt.date.min
            room = dt.datetime.combine(day, closes) - dt.datetime.combine(day, opens)
            if room < dt.timedelta(minutes=data.get("step") or min(STEPS)):
                self.add_error("closes_at", BACKWARDS)
        return data


class ClosedDayForm(SectionsMixin, forms.Form):
    """A day on which it is closed."""

    sections: ClassVar[dict[str, list[str]]] = {"停用日": ["day", "why"]}
    day = DateField(label="停用日期", back=0, ahead=1)
    why = TitleField(label="原因", max_length=LONGEST_WHY, required=False, help_text="例如 检修、校准；预约的人会看到")
