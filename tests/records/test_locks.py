"""What is held, and in which order: each two verbs that read one another's cases, in both orders, on two connections."""

import ast
import re
import threading
import time

import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from accounts.certification.services import set_frozen
from catalog.admissions.services import submit_admission
from orders.services import move_order
from records.doors import whole
from records.kinds import KINDS
from records.locks import rested_on
from records.models import Case
from records.rules import RuleBroken
from redemption.models import Claim
from redemption.services import end_claim, start_claim, submit_claim
from reviews.services import give_opinion
from tests.factories import World, drive_application
from tests.helpers import afresh
from tten.local.quality import APPS, sources
from vouchers.models import Application
from vouchers.services import end_application, start_application, submit_application

ORDER = [
    "accounts_unit",
    "orders_order",
    "orders_wanted",
    "vouchers_application",
    "redemption_claim",
    "catalog_admission",
    "reviews_turn",
    "reviews_panelseat",
    "catalog_provider",
    "catalog_product",
    "vouchers_quotaaccount",
]
HELD = re.compile(r'SELECT .*?FROM "(\w+)".*FOR NO KEY UPDATE|UPDATE "(\w+)"')


def kinds():
    return [model for model in KINDS if issubclass(model, Case)]


def test_the_written_order_is_this_one():
    page = (settings.BASE_DIR / "docs/architecture.md").read_text()
    assert re.findall(r"^\d+\. `(\w+)`", page, re.MULTILINE) == ORDER


@pytest.mark.parametrize("model", kinds(), ids=lambda model: model.__name__)
def test_a_case_is_held_after_what_it_rests_on(model):
    """Every case that a case points to is held before it, and in the written order."""
    way = [rested_on(model, path) for path in model.RESTS_ON]
    assert {field.related_model for field in model._meta.fields if field.related_model in KINDS} - {None} <= {
        *way,
        *(kind for kind in KINDS if not issubclass(kind, Case)),
    }
    tables = [step._meta.db_table for step in (*way, model)]
    assert tables == sorted(tables, key=ORDER.index)


def held_by(sql):
    """The tables whose rows a text of statements holds, in that order."""
    found = [HELD.match(statement.strip()) for statement in sql.split(";")]
    return [table for match in found if match for table in match.groups() if table in ORDER]


def voucher(world):
    return drive_application(world.make_application(), "approved", world)


def handed_in_claim(world):
    return submit_claim(world.make_claim(), by=world.applicant)


def freeze(world, _):
    return set_frozen(afresh(world.unit), frozen=True, by=world.platform, text="经核实，提供虚假材料。")


def cancel(world, application):
    return move_order(application.order, "cancel", by=world.applicant, words="项目计划有变。")


def decline(world, application):
    return move_order(application.order, "decline", by=world.provider_member, words="设备检修。")


def submit(world, application):
    return submit_application(application, by=world.applicant)


def hand_in(world, claim):
    return submit_claim(claim, by=world.applicant)


def give_back(world, claim):
    return end_application(claim.application, "give_back", by=world.applicant)


def lapse_voucher(world, claim):
    return end_application(claim.application, "lapse", by=world.clock)


def withdraw(world, claim):
    return end_claim(claim, "withdraw", by=world.applicant)


def refuse_gravely(world, claim):
    turn, words = claim.turns.get(closed_at=None), "发票已在别处使用。"
    return give_opinion(turn, by=world.district, verdict="reject", text=words, reason="R-DUP")


def pass_on(world, claim):
    return give_opinion(claim.turns.get(closed_at=None), by=world.district, verdict="pass_review")


PAIRS = {
    "claim handed in, voucher given back": (World.make_claim, hand_in, give_back),
    "claim handed in, voucher lapses": (World.make_claim, hand_in, lapse_voucher),
    "claim handed in, unit frozen": (World.make_claim, hand_in, freeze),
    "claim passed, claim withdrawn": (handed_in_claim, pass_on, withdraw),
    "claim refused for double funding, claim withdrawn": (handed_in_claim, refuse_gravely, withdraw),
    "claim refused for double funding, voucher given back": (handed_in_claim, refuse_gravely, give_back),
    "claim begun, voucher given back": (
        voucher,
        lambda world, case: start_claim(case, by=world.applicant),
        lambda world, case: end_application(case, "give_back", by=world.applicant),
    ),
    "application handed in, order cancelled": (World.make_application, submit, cancel),
    "application handed in, order declined": (World.make_application, submit, decline),
    "application handed in, unit frozen": (World.make_application, submit, freeze),
    "application begun, order cancelled": (
        World.make_order,
        lambda world, case: start_application(case, by=world.applicant),
        lambda world, case: move_order(case, "cancel", by=world.applicant, words="项目计划有变。"),
    ),
    "admission handed in, unit frozen": (
        World.make_admission,
        lambda world, case: submit_admission(case, by=world.applicant),
        freeze,
    ),
    "order placed, unit frozen": (
        lambda world: None,
        lambda world, case: world.make_order(),
        freeze,
    ),
}
BOTH = [(name, turned) for name in PAIRS for turned in (False, True)]


class Verb(threading.Thread):
    """One verb on a connection of its own, in a transaction that stays open until it is let go."""

    def __init__(self, act):
        super().__init__()
        self.act, self.done, self.go, self.outcome, self.held = act, threading.Event(), threading.Event(), None, []

    def run(self):
        try:
            with whole(), CaptureQueriesContext(connection) as asked:
                self.act()
                self.held = list(dict.fromkeys(table for query in asked for table in held_by(query["sql"])))
                self.done.set()
                self.go.wait(10)
            self.outcome = "done"
        except (RuleBroken, DatabaseError) as error:
            self.outcome = getattr(error, "code", type(error).__name__)
        finally:
            self.done.set()
            connection.close()


def waits():
    """Whether a connection waits for a row that another one holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0


def one_in_the_others_way(first, second):
    """What comes of two verbs, of which the second begins when the first has done all but end its transaction."""
    one, two = Verb(first), Verb(second)
    one.start()
    one.done.wait(10)
    two.start()
    until = time.monotonic() + 10
    while not (two.done.is_set() or waits()) and time.monotonic() < until:
        time.sleep(0.01)
    waited = not two.done.is_set()
    for verb in (one, two):
        verb.go.set()
    for verb in (one, two):
        verb.join()
    return one, two, waited


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("name", "turned"), BOTH, ids=str)
def test_the_second_waits_for_the_first_and_sees_what_it_did(name, turned):
    make, *verbs = PAIRS[name]
    world = World()
    case = make(world)
    acts = [lambda act=act: act(world, case) for act in (reversed(verbs) if turned else verbs)]
    one, two, waited = one_in_the_others_way(*acts)
    assert waited or one.outcome != "done"  # a first that is refused holds nothing
    for verb in (one, two):
        assert verb.outcome == "done" or verb.outcome.startswith("R-")
        assert bool(verb.held) or verb.outcome != "done"
        assert verb.held == sorted(verb.held, key=ORDER.index)
    assert "done" in {one.outcome, two.outcome}
    assert (
        not Claim.objects.live().exclude(state__in=("draft", "passed")).exclude(application__state="approved").exists()
    )
    assert (
        not Application.objects.live()
        .exclude(state="draft")
        .filter(order__state__in=("cancelled", "declined"))
        .exists()
    )


@pytest.mark.heavy
def test_no_row_is_held_with_another_table_joined():
    """What is joined would be read as it stood before the wait for the held row (`records.locks.hold_row`)."""
    found = [
        f"{path.name}:{call.lineno}"
        for path in sources(*APPS)
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        and {"select_for_update", "select_related"}
        <= {node.attr for node in ast.walk(call) if isinstance(node, ast.Attribute)}
    ]
    assert found == []


@pytest.mark.django_db
def test_no_trigger_holds_a_row_against_those_who_refer_to_it():
    with connection.cursor() as cursor:
        cursor.execute(
            r"SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosrc ~* '\mFOR UPDATE\M'"
        )
        assert cursor.fetchall() == []
