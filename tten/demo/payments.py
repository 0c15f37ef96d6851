"""What the city has paid: the older half of the redemptions that passed, in one batch; the rest waits."""

from django.utils import timezone

from records.people import Person
from redemption.payments.querysets import held_against, unpaid
from redemption.payments.services import MOST, record_payments

REFERENCE = "示例拨付第 1 批"


def pay_half(by: Person) -> None:
    """Write down that they were paid today, by the clock that runs."""
    waiting = list(unpaid().exclude(held_against()).values_list("pk", flat=True)[: 2 * MOST])
    paid = waiting[: len(waiting) // 2]
    if paid:
        record_payments(paid, paid_on=timezone.localdate(), reference=REFERENCE, by=by)
