"""`manage.py demo`: what the README promises is there, in every state, with papers, opinions and a history that holds."""

import datetime as dt
import io
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Sum

from accounts.models import Unit, User
from catalog.models import Admission, LabBatch, Laboratory, Product, Provider
from orders.models import Order
from records.models import Document, Event
from records.steps import chain_holds
from redemption.models import Claim
from reviews.models import District, Office, Opinion
from tten.demo.accounts import DEMO_ACCOUNTS, PASSWORD
from vouchers.models import Application, LedgerEntry, QuotaAccount

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]
MACHINES = (Unit, Admission, Order, Application, Claim)
SIZE = 2


@pytest.fixture(scope="module", autouse=True)
def _demo(django_db_setup, django_db_blocker):
    """Load it once for all tests of this file, twice as large, in a transaction that is thrown away."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo", "--size", str(SIZE), stdout=io.StringIO())
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("account", DEMO_ACCOUNTS, ids=lambda account: account.username)
def test_every_account_of_the_table_opens_with_its_password(account, rf):
    assert authenticate(rf.post("/"), username=account.username, password=PASSWORD) is not None


def test_it_has_the_numbers_that_were_promised():
    single = Provider.objects.filter(laboratory=None)
    copied = Product.objects.filter(provider__in=single)
    assert (Laboratory.objects.count(), LabBatch.objects.count()) == (1155, 3)
    assert (single.count(), copied.count()) == (40 * SIZE, 300 * SIZE)
    assert set(copied.values_list("is_marked", flat=True)) == {True, False}
    assert District.objects.count() == 16 + 5
    assert Office.objects.filter(kind=Office.Kind.DISTRICT).count() == 16 + 5


@pytest.mark.parametrize("model", MACHINES)
def test_there_is_a_case_in_every_state(model):
    states = dict(model._meta.get_field("state").choices)
    assert set(model.objects.values_list("state", flat=True)) == set(states)


@pytest.mark.parametrize("model", MACHINES)
def test_every_trail_holds_the_copies_included(model):
    assert [case.number for case in model.objects.all() if not chain_holds(case)] == []


def test_quota_is_the_sum_of_its_entries_and_within_the_cap():
    for account in QuotaAccount.objects.all():
        sums = LedgerEntry.objects.filter(account=account).aggregate(
            reserved=Sum("reserved"), approved=Sum("approved"), used=Sum("used")
        )
        assert sums == {"reserved": account.reserved, "approved": account.approved, "used": account.used}
        assert account.reserved + account.approved + account.used <= account.cap


def test_papers_are_files_and_opinions_have_words():
    first = Document.objects.order_by("created_at")[:50]
    assert [paper.name for paper in first if not Path(settings.MEDIA_ROOT, paper.file.name).stat().st_size] == []
    assert Opinion.objects.filter(text="").exclude(verdict="pass_review").count() == 0
    assert Opinion.objects.count() > 50


def test_history_is_spread_over_a_year():
    times = Event.objects.order_by("at").values_list("at", flat=True)
    assert times.last() - times.first() > dt.timedelta(days=300)


def test_a_second_load_is_refused_or_with_once_does_nothing():
    people = User.objects.count()
    call_command("demo", "--once", stdout=io.StringIO())
    assert User.objects.count() == people
    with pytest.raises(CommandError, match="make reset"):
        call_command("demo", stdout=io.StringIO())
