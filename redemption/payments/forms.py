"""When the money was sent and by which paper; why a line is struck out."""

from typing import Any, ClassVar

from django import forms

from policy.calendar import today
from redemption.paid import LONGEST_REFERENCE, LONGEST_WHY
from ui.fields import DateField, TitleField
from ui.forms import SectionsMixin


class PaymentForm(SectionsMixin, forms.Form):
    """The day and the paper of a payment."""

    sections: ClassVar[dict[str, list[str]]] = {"拨付": ["paid_on", "reference"]}
    paid_on = DateField(label="拨付日期", help_text="财政资金付出的日期，不能晚于今天")
    reference = TitleField(
        label="拨付批次或凭证号", max_length=LONGEST_REFERENCE, help_text="会写进每份申请的记录，不发给企业"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer today."""
        super().__init__(*args, **kwargs)
        self.initial.setdefault("paid_on", today())


class StrikeForm(SectionsMixin, forms.Form):
    """Why a line is struck out."""

    sections: ClassVar[dict[str, list[str]]] = {"撤销": ["why"]}
    why = TitleField(
        label="撤销原因", max_length=LONGEST_WHY, help_text="例如 登记错了单位、银行退回；企业会看到这句话"
    )
