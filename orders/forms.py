"""What an order asks (domain.md §6.1), and the words of a step."""

from typing import Any, ClassVar

from django import forms

from accounts.members.switching import current_unit
from orders.booking.forms import ALL_OR_NONE, DAY_FIELD, TIME, span_in, time_fields
from orders.booking.models import Timetable
from orders.booking.times import NOT_OPEN, Span, check_in_time, check_span
from orders.models import Order
from records.people import Person
from records.rules import RuleBroken
from records.twice import Twice
from records.uploads import MultipleUploadField, rule_of_upload
from records.waiting import WaitingPapersMixin
from ui.fields import DateField, MoneyField, PersonField, PhoneField
from ui.forms import SayingMixin, SectionsMixin
from ui.known import Known
from ui.widgets import Lines, UploadInput

REQUIREMENT = (10, 1000)  # characters
PAPERS = 5
PAST = "期望完成时间不能早于今天，请重新选择。"
HELP = f"{REQUIREMENT[0]} 至 {REQUIREMENT[1]} 字：要做什么、样品或数据的情况、希望得到的结果。"
BUDGET = "按数量算出的总预算，单位为元；数量和规格写在需求描述里。"
WORDS = 500  # characters


class OrderForm(WaitingPapersMixin, SectionsMixin, forms.ModelForm):
    """The dialog of 【立刻申请】."""

    known: dict[str, Known]  # offered beside the fields
    twice: Twice | None = None  # why it was not placed: an equal one was, just now
    sections: ClassVar[dict[str, list[str]]] = {
        "需求": ["requirement", "budget", "wanted_on", "papers"],
        "联系人": ["contact", "phone"],
    }

    requirement = forms.CharField(
        label="需求描述",
        min_length=REQUIREMENT[0],
        max_length=REQUIREMENT[1],
        help_text=HELP,
        widget=Lines(5),
    )
    budget = MoneyField(label="数量/预算", capitals=True, help_text=BUDGET)
    wanted_on = DateField(label="期望完成时间", back=0, ahead=5, error_messages={"early": PAST})
    contact = PersonField(label="联系人", max_length=60)
    phone = PhoneField(label="电话", help_text="服务机构会用这个手机号与您联系。")
    papers = MultipleUploadField(
        label="附件",
        required=False,
        max_count=PAPERS,
        help_text=f"图纸、样品清单等，最多 {PAPERS} 个。",
        widget=UploadInput(several=True, hint=f"{rule_of_upload()}。"),
    )

    class Meta:
        model = Order
        fields = ("requirement", "budget", "wanted_on", "contact", "phone")

    @property
    def time(self) -> Span | None:
        """What it wishes of an instrument's hours: nothing."""
        return None

    def clean(self) -> dict[str, Any]:
        """A time that was wished while the hours were open is not forgotten in silence."""
        data = super().clean() or {}
        if TIME[0] not in self.fields and any(self.data.get(name) for name in TIME):
            self.add_error(None, NOT_OPEN[1])
        return data

    def clean_papers(self) -> list[Any]:
        """No more than may be sent, with those that wait since an earlier try."""
        files: list[Any] = self.cleaned_data["papers"]
        self.check_count(files, PAPERS)
        return files


class TimedOrderForm(OrderForm):
    """The same of an instrument, of whose hours a time can be wished."""

    sections: ClassVar[dict[str, list[str]]] = {
        "需求": OrderForm.sections["需求"],
        "机时": [*TIME],
        "联系人": OrderForm.sections["联系人"],
    }

    def __init__(self, *args: Any, timetable: Timetable, **kwargs: Any) -> None:
        """timetable: the hours of the instrument."""
        super().__init__(*args, **kwargs)
        self.timetable = timetable
        self.fields.update(time_fields(timetable, required=False))
        self.order_fields([name for names in self.sections.values() for name in names])

    @property
    def time(self) -> Span | None:
        """The time that is wished, of a form that is valid."""
        return span_in(self.cleaned_data)

    def clean(self) -> dict[str, Any]:
        """A time is wished whole, and is to be had."""
        data = super().clean() or {}
        if self.errors.keys() & set(TIME):
            return data
        given = [name for name in TIME if data.get(name)]
        if given and len(given) < len(TIME):
            self.add_error(next(name for name in TIME if name not in given), ALL_OR_NONE)
        elif span := span_in(data):
            try:
                check_span(self.timetable, span)
                check_in_time(span, data.get("wanted_on") or span.day)
            except RuleBroken as refusal:
                self.add_error(DAY_FIELD, refusal.sentence)
        return data


def order_form(timetable: Timetable | None, *sent: Any, **known: Any) -> OrderForm:
    """The form of 【立刻申请】; timetable: of the product, where it has hours."""
    if timetable is None or not timetable.is_open:
        return OrderForm(*sent, **known)
    return TimedOrderForm(*sent, timetable=timetable, **known)


class WordsForm(SayingMixin, forms.Form):
    """Why an order is declined or cancelled, or what was delivered."""

    words = forms.CharField(label="说明", max_length=WORDS, widget=Lines())

    def __init__(self, *args: Any, label: str, hint: str, required: bool, **kwargs: Any) -> None:
        """Ask in the words of the step."""
        super().__init__(*args, **kwargs)
        field = self.fields["words"]
        field.label, field.help_text, field.required = label, hint, required
        field.error_messages["required"] = f"请填写{label}，对方会在消息里看到。"


def contact_before(form: OrderForm, user: Person) -> dict[str, Known]:
    """Contact and phone of the last order of the unit, or of the person without one, where the form says otherwise."""
    orders = Order.objects.bought_for(current_unit(user), user).order_by("-created_at", "-pk")
    last = orders.only("number", "contact", "phone").first()
    if last is None:
        return {}
    source = f"上次订单 {last.number}"
    before = {name: getattr(last, name) for name in ("contact", "phone")}
    return {name: Known(words, words, source) for name, words in before.items() if words != form[name].value()}


def known_contact(user: Person) -> dict[str, str]:
    """Contact and phone as the person or the unit gave them before, so that they are not asked again."""
    unit = current_unit(user)
    return {
        "contact": user.name or (unit.handler_name if unit else ""),
        "phone": user.phone or (unit.handler_phone if unit else ""),
    }
