"""The stops of the tour at 拨付登记."""

from django.urls import reverse
from django.utils import timezone

from redemption.models import Claim
from redemption.payments.services import record_payments
from reviews.models import Office
from tests import factories as f
from tests.accounts.guarding import sign_in


def payments(world, _rows):
    """拨付登记: nothing yet, one that waits, one that may be held against, what was ticked, what was paid, a line to strike out."""
    city, page = sign_in(world.municipal), reverse("payment_list")
    others = Office.objects.filter(pk=world.other_body_office.pk)
    others.update(is_active=False)  # every case goes to the body whose people decide here
    waiting, open_still, done = (f.drive_claim(world.make_claim(amount=20_000), "passed", world) for _ in range(3))
    others.update(is_active=True)
    Claim.objects.filter(pk=open_still.pk).update(due_on=timezone.localdate())
    record_payments([done.pk], paid_on=timezone.localdate(), reference="样例 3 号", by=world.municipal)
    pages = [page, page + "?q=没有", page + "?stage=paid", f"{reverse('payment_record')}?claim={waiting.pk}"]
    return [(city, where) for where in (*pages, reverse("payment_strike", args=[done.pk]))]
