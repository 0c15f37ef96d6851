"""`manage.py demo`: what the README promises is there, in every state, with papers, opinions and a history that holds.

So are the products and cases that `--products` and `--cases` add: no page and no rule tells them from those that people
have made.
"""

import datetime as dt
import io
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Sum
from django.urls import reverse
from django.utils.timezone import localtime

from accounts.models import Unit, UnitSnapshot, User
from catalog.models import Admission, Favourite, Inquiry, LabBatch, Laboratory, Product, Provider, Qualification
from catalog.models.mall import next_product_number
from catalog.search import search_text_of
from help.models import ManualAnswer, ManualCount
from orders.models import Order, Wanted, WantedOffer
from policy.arithmetic import Balance
from records.models import Document, Event, next_number
from records.steps import chain_holds
from redemption.checks import findings, settle
from redemption.form.claim_form import content_hash
from redemption.form.freezing import build, frozen_form
from redemption.models import Claim, Contract, Invoice, Receipt
from reviews.models import District, Office, Opinion, PanelSeat, Turn
from tests.helpers import aside, by_owner
from tten.demo.accounts import DEMO_ACCOUNTS, PASSWORD
from tten.demo.mass.plan import Among, plan_cases
from tten.demo.mass.products import providers_for
from tten.demo.mass.profile import Profile
from tten.demo.names import chance_of
from ui.pinyin import sort_key
from vouchers import ledger
from vouchers.checks import tie_warnings
from vouchers.models import Application, LedgerEntry, QuotaAccount

IN_MASS = {"admitted", "suspended", "expired", "pending"}  # of admissions: those that the demo's providers have
WHOSE = {
    Unit: "memberships__user",
    Order: "buyer",
    Application: "unit__memberships__user",
    Admission: "unit__memberships__user",
}
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]
MACHINES = (Unit, Admission, Order, Application, Claim)
ADDED = (
    *(User, UnitSnapshot, Provider, Product, Qualification, *MACHINES, LedgerEntry, QuotaAccount, Invoice, Receipt),
    *(Contract, Turn, Opinion, PanelSeat, Event, Document),
)
PRODUCTS = CASES = 300
STAFF = ("district_nankai", "body_a", "platform", "municipal")


def added(model):
    """The cases that `--cases` and `--products` have made."""
    path = WHOSE.get(model, "unit__memberships__user") + "__username__regex"
    return model.objects.filter(**{path: r"^(enterprise|institute)_"}).distinct()


@pytest.fixture(scope="module", autouse=True)
def _demo(django_db_setup, django_db_blocker):
    """Load it once for all tests of this file, with as much again, in a transaction that is thrown away."""
    with django_db_blocker.unblock(), aside():
        with by_owner():  # as whoever types `make run`
            call_command("demo", products=PRODUCTS, cases=CASES, stdout=io.StringIO())
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("account", DEMO_ACCOUNTS, ids=lambda account: account.username)
def test_every_account_of_the_table_opens_with_its_password(account, rf):
    assert authenticate(rf.post("/"), username=account.username, password=PASSWORD) is not None


def test_it_has_the_numbers_that_were_promised():
    single = Provider.objects.filter(laboratory=None)
    offered = Product.objects.filter(provider__in=single)
    assert (Laboratory.objects.count(), LabBatch.objects.count()) == (1155, 3)
    assert (single.count(), offered.count()) == (40 + providers_for(PRODUCTS, Profile()), 300 + PRODUCTS)
    assert set(offered.values_list("is_marked", flat=True)) == {True, False}
    assert District.objects.count() == 16 + 5
    assert Office.objects.filter(kind=Office.Kind.DISTRICT).count() == 16 + 5


def test_institutions_and_laboratories_have_names_of_their_own():
    told = list(Provider.objects.exclude(unit__memberships__user__username__startswith="institute_"))
    hosts = set(Laboratory.objects.values_list("host_name", flat=True))
    found = [provider.name for provider in told] + sorted(hosts)
    assert len(told) == len({provider.name for provider in told}) == 40 + 1155
    assert [name for name in found if name.count("（演示）") != 1 or re.search(r"\d", name)] == []


def test_everybody_can_be_reached_by_mail_and_nobody_is_real():
    people = User.objects.exclude(pk=User.objects.clock().pk)
    assert [person.username for person in people if not person.proved_email.endswith(".example")] == []


def test_one_story_shares_a_contact_and_no_other_does():
    cases = Application.objects.exclude(pk__in=added(Application)).select_related(*Application.BESIDE)
    told = {case.unit_id: warnings for case in cases if (warnings := tie_warnings(case, case.order.provider))}
    assert [len(warnings) for warnings in told.values()] == [1]
    assert "联系电话相同" in next(iter(told.values()))[0]


def test_what_the_firms_do_lies_on_many_days():
    at = [
        *Unit.objects.exclude(pk__in=added(Unit)).values_list("created_at", flat=True),
        *Application.objects.exclude(pk__in=added(Application)).values_list("submitted_at", flat=True),
        *Claim.objects.exclude(pk__in=added(Claim)).values_list("submitted_at", flat=True),
    ]
    days = Counter(localtime(one).date() for one in at if one)
    tenth = days.total() / 10  # what falls on a weekend is done on the Monday after it
    assert (days.most_common(1)[0][1] <= tenth, len(days) >= 60) == (True, True), days.most_common(3)


def test_offices_have_numbers_of_their_own_that_nobody_has():
    phones = list(Office.objects.filter(kind=Office.Kind.DISTRICT).values_list("phone", flat=True))
    assert len(set(phones)) == len(phones) == 21
    assert [phone for phone in phones if not re.fullmatch(r"022-1\d{7}（演示）", phone)] == []


def test_what_was_redeemed_ends_with_the_order_completed_and_rated_in_its_own_words():
    claims = Claim.objects.exclude(state="draft").select_related("application__order__product__category__parent")
    for claim in claims.exclude(pk__in=added(Claim)):
        assert claim.application.order.state == "completed"
        assert f"“{claim.application.order.product_name}”" in claim.effect
    assert set(claims.values_list("rating", flat=True)) == {4, 5}


@pytest.mark.parametrize("model", MACHINES)
def test_there_is_a_case_in_every_state(model):
    states = set(dict(model._meta.get_field("state").choices))
    assert set(model.objects.values_list("state", flat=True)) == states
    assert set(added(model).values_list("state", flat=True)) == (IN_MASS if model is Admission else states)


@pytest.mark.parametrize("model", MACHINES)
def test_every_trail_holds(model):
    assert [case.number for case in model.objects.all() if not chain_holds(case)] == []


def test_quota_is_the_sum_of_its_entries_and_within_the_cap():
    for account in QuotaAccount.objects.all():
        sums = LedgerEntry.objects.filter(account=account).aggregate(
            reserved=Sum("reserved"), approved=Sum("approved"), used=Sum("used")
        )
        assert sums == {"reserved": account.reserved, "approved": account.approved, "used": account.used}
        assert account.reserved + account.approved + account.used <= account.cap


def test_as_many_cases_were_added_as_asked_for():
    firms = Unit.objects.filter(memberships__user__username__startswith="enterprise_")
    assert firms.count() + added(Application).count() + added(Claim).count() == CASES
    assert set(added(Claim).values_list("district", flat=True)) > {"120104", "120116"}


def test_no_two_share_a_number_and_none_is_taken_again():
    for model in MACHINES:
        assert model.objects.count() == model.objects.values("number").distinct().count()
        assert not model.objects.filter(number=next_number(model.PREFIX)).exists()
    assert Product.objects.filter(number=next_product_number()).count() == 0


@pytest.mark.parametrize("model", ADDED)
def test_whatever_was_added_is_as_a_form_would_have_it(model):
    for row in model.objects.order_by("-pk")[:100]:
        row.full_clean(exclude={"state"} & {field.name for field in model._meta.fields})  # nobody but an arrow sets it


@pytest.mark.parametrize("model", [Application, Claim])
def test_what_was_handed_in_is_what_stands_there(model):
    assert [case.number for case in added(model).exclude(submitted_terms={}) if case.terms_changed] == []


def test_papers_agree_and_the_frozen_form_is_what_they_say():
    for claim in added(Claim).exclude(state="draft"):
        assert findings(claim) == []
        assert settle(claim).amount == claim.redeemed_amount
    for claim in added(Claim).exclude(form_content=None):
        assert content_hash(frozen_form(claim).content()) == claim.form_hash == content_hash(build(claim).content())


def test_a_voucher_holds_what_its_entries_say():
    for application in added(Application):
        held = ledger.held(application)
        if application.state == "approved":
            assert held == Balance(approved=application.approved_amount)
        elif application.state == "redeemed":
            assert held == Balance(used=application.claims.get(state="passed").final_amount)
        else:
            under_way = application.submitted_at and application.state not in Application.DEAD
            assert held == Balance(reserved=application.asked_amount if under_way else Decimal(0))


def test_nothing_has_outlived_its_state():
    assert [*Application.objects.overdue(), *Claim.objects.overdue()] == []


def test_a_snapshot_is_what_was_written():
    assert [row.pk for row in UnitSnapshot.objects.order_by("-pk")[:60] if not row.holds()] == []


def test_product_text_is_what_the_search_folds():
    for product in Product.objects.order_by("-pk").select_related("provider", "category__parent")[:PRODUCTS]:
        assert product.search_text == search_text_of(product)
        assert not product.is_marked or (product.provider.is_admitted and product.provider.covers(product.category))


def test_who_was_added_stands_in_the_order_of_pinyin_too():
    for person in User.objects.filter(username__regex=r"^(enterprise|institute)_"):
        assert person.name_key == sort_key(person.name, person=True)
    for provider in Provider.objects.filter(unit__memberships__user__username__startswith="institute_"):
        assert provider.name_key == sort_key(provider.name)


@pytest.mark.parametrize("model", [Application, Claim])
def test_pages_of_each_state_open_for_whom_they_concern(client, model):
    for state in set(added(model).values_list("state", flat=True)):
        case = added(model).filter(state=state).last()
        client.force_login(case.unit.memberships.get(role="admin").user)
        assert client.get(case.get_absolute_url()).status_code == 200
        for turn in case.turns.all():
            client.force_login(turn.office.memberships.filter(stands_in_for=None).first().user)
            assert client.get(turn.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("username", STAFF)
def test_desks_open(client, username):
    client.force_login(User.objects.get(username=username))
    assert client.get(reverse("turn_list")).status_code == 200
    assert client.get(reverse("user_center")).status_code == 200


def test_lists_open_for_a_firm(client):
    client.force_login(added(Claim).last().unit.memberships.get(role="admin").user)
    for name in ("user_center", "order_list", "application_list", "claim_list", "product_list"):
        assert client.get(reverse(name)).status_code == 200


def test_firms_look_for_services_keep_some_in_sight_and_ask():
    needs = Wanted.objects.all()
    assert Counter(needs.values_list("state", flat=True)) == {"open": 3, "pending": 1}
    assert min(need.offers.count() for need in needs.filter(state="open")) >= 1
    assert not any(offer.provider.unit_id == offer.wanted.unit_id for offer in WantedOffer.objects.all())
    assert Favourite.objects.filter(user__username="unit_admin").with_standing().count() >= 4
    asked = Inquiry.objects.filter(asker__username="unit_admin")
    assert (asked.unanswered().count(), asked.filter(is_public=False).exclude(answer="").count()) == (1, 1)
    assert ManualAnswer.objects.count() == ManualCount.objects.filter(useless=1).count() == 3


def test_the_seed_alone_decides():
    with by_owner():  # who has made the pattern's table
        one, same, other = (plan_cases(CASES, chance_of(seed), Among.curved(range(20), 100)) for seed in (7, 7, 8))
    assert (one == same, one == other) == (True, False)


def test_more_is_added_once():
    for asked in ({"products": 1}, {"cases": 300}, {"products": -1}, {"cases": 1}):
        with pytest.raises(CommandError):
            call_command("demo", **asked, stdout=io.StringIO())


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
