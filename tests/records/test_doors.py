"""A verb is whole, and carried out once: tried again where the database breaks it off, answered again where it is sent twice."""

import ast
import inspect
import threading
import uuid
from contextlib import suppress

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse

from orders.models import Order
from records import doors
from records.doors import at_last, door, whole
from records.models import Answer
from records.once import digest_of
from records.rules import NOT_HERE, RuleBroken
from tests.factories import World
from tests.helpers import afresh, aside, broken_off
from tests.journeys.person import day
from tests.redemption import typed
from tests.redemption.typed import paper
from tten.local.quality import APPS, sources

TYPED = {
    "requirement": "需要检测一批新材料的力学性能，用于改进设计。",
    "budget": "20000",
    "contact": "贾经办",
    "phone": "13800000000",
}


def failing(times):
    """A verb that the database breaks off so many times; it sets the name of what it is given."""
    tries = []

    @door
    def verb(order):
        tries.append(order.contact)
        order.contact = "改过的"
        if len(tries) <= times:
            raise broken_off()
        order.save()
        return order

    return verb, tries


@pytest.fixture
def world(db):
    return World()


@pytest.fixture
def order(world):
    return world.make_order()


def test_a_verb_that_is_broken_off_begins_once_more_as_it_was(order):
    verb, tries = failing(1)
    verb(order)
    assert tries == ["贾经办", "贾经办"]
    assert afresh(order).contact == "改过的"


def test_rows_in_a_list_are_new_again(order):
    """Else the second try takes them for stored ones, and changes what is not there (certificates of an admission)."""
    tries = []

    @door
    def verb(rows):
        tries.extend(row.pk for row in rows)
        for row in rows:
            row.save(force_insert=True)
        if len(tries) == 1:
            raise broken_off()

    new = copied_from(order)
    verb([new])
    assert tries == [None, None]
    assert Order.objects.filter(pk=new.pk).exists()


def copied_from(order):
    new = afresh(order)
    new.pk, new.number, new._state.adding = None, "", True
    return new


def test_the_second_time_it_is_told(order):
    verb, tries = failing(2)
    with pytest.raises(OperationalError):
        verb(order)
    assert len(tries) == 2
    assert afresh(order).contact == "贾经办"


def test_what_is_no_fault_of_others_is_not_tried_again(order):
    tries = []

    @door
    def verb():
        tries.append(1)
        raise OperationalError

    with pytest.raises(OperationalError):
        verb()
    assert tries == [1]


@pytest.mark.django_db(transaction=True)
def test_no_transaction_stands_around_a_verb():
    verb = door(lambda: None)
    with pytest.raises(RuntimeError), transaction.atomic():
        verb()
    with whole():
        verb()
    with aside():
        verb()


@pytest.mark.django_db(transaction=True)
def test_a_verb_that_follows_the_commit_writes_its_own_last_rows():
    """Where the worker is this very process (a task that is called at once), its notices were left to a verb that was over."""
    written = []

    @door
    def after():
        at_last(written.extend, ["told after the commit"])

    @door
    def verb():
        at_last(written.extend, ["told by the verb"])
        transaction.on_commit(after)

    verb()
    assert written == ["told by the verb", "told after the commit"]


@pytest.mark.heavy
def test_every_transaction_of_the_apps_is_a_door_or_stands_inside_one():
    """`@transaction.atomic` opens no door, and a plain block is a savepoint of a verb, or stands alone by name."""
    alone = {
        "records/doors.py:whole",
        "records/doors.py:part",
        "notifications/delivery.py:claim",
        "notifications/delivery.py:give_up",
        "records/uploads.py:_keep",
        "records/uploads.py:store_papers",
        "rows/services.py:insert",
        "redemption/services.py:occupy",
        "pictures/views.py:have_drawn",
        "gallery/serving.py:content_of",
        "seals/granting.py:grant",
        "seals/pooled.py:make_accounts",
        "tten/beating.py:apply_entry",
    }
    found = set()
    for path in sources(*APPS):
        tree = ast.parse(path.read_text())
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            marks = {ast.unparse(mark) for mark in function.decorator_list}
            blocks = "transaction.atomic(" in ast.unparse(ast.Module(function.body, []))
            if "transaction.atomic" in marks or (blocks and "door" not in marks):
                found.add(f"{path.parent.name}/{path.name}:{function.name}")
    assert found - alone - {"records/doors.py:door", "records/doors.py:opened"} == set()


def test_the_door_is_durable():
    assert "transaction.atomic(durable=True)" in ast.unparse(ast.parse(inspect.getsource(doors)))


def place(client, world, **more):
    address = reverse("order_place", args=[world.product.number])
    return client.post(address, TYPED | {"wanted_on": day(30), **more})


def test_an_order_that_is_sent_twice_is_placed_once(client, world):
    client.force_login(world.applicant)
    key = uuid.uuid4().hex
    first, second = (place(client, world, once=key) for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert Order.objects.count() == 1


def test_other_content_or_another_person_is_another_act(client, world):
    client.force_login(world.applicant)
    key = uuid.uuid4().hex
    place(client, world, once=key)
    place(client, world, once=key, contact="李四")
    other = Client()
    other.force_login(world.stranger)
    place(other, world, once=key)
    assert Order.objects.count() == 3


def test_what_was_refused_is_judged_again(client, world):
    client.force_login(world.applicant)
    key = uuid.uuid4().hex
    assert place(client, world, once=key, phone="1").status_code == 200
    assert not Answer.objects.exists()
    assert place(client, world, once=key).status_code == 302


def test_a_part_of_a_page_is_answered_again_as_it_was(client, world):
    client.force_login(world.applicant)
    claim = world.make_claim()
    address = reverse("claim_row", args=[claim.number, "receipt"])
    data = typed.receipt(world) | {"once": uuid.uuid4().hex}
    first, second = (client.post(address, data | {"file": paper()}, headers={"HX-Request": "true"}) for _ in range(2))
    assert first.content == second.content
    assert claim.receipts.count() == 2


def test_a_paper_counts_by_what_it_holds(rf, world):
    def digest(content):
        request = rf.post("/", {"once": "1", "file": paper(content=content)})
        request.user = world.applicant
        return digest_of(request)

    assert digest(b"a") == digest(b"a") != digest(b"b")


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_place_one_order():
    world, key, answers, start = World(), uuid.uuid4().hex, [], threading.Barrier(2)
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(world.applicant)

    def click(client):
        start.wait()
        answers.append(place(client, world, once=key))
        connection.close()

    clicks = [threading.Thread(target=click, args=(client,)) for client in clients]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert Order.objects.count() == 1
    assert len({answer["Location"] for answer in answers}) == 1


def test_every_form_carries_a_key(client, world):
    client.force_login(world.applicant)
    claim = world.make_claim()
    page = client.get(reverse("claim_edit", args=[claim.number])).content.decode()
    assert page.count('name="once"') == page.count('name="csrfmiddlewaretoken"') > 0


@pytest.mark.django_db
def test_what_is_left_for_the_end_is_written_once_and_what_was_undone_is_not():
    written = []

    @door
    def part(word, *, fails=False):
        at_last(written.append, [word])
        if fails:
            raise RuleBroken(*NOT_HERE)

    @door
    def act():
        part("甲")
        with suppress(RuleBroken):
            part("乙", fails=True)
        at_last(written.append, ["丙", "丁"])
        assert written == []

    act()
    assert written == [["甲", "丙", "丁"]]
    at_last(written.append, ["戊"])
    assert written[1:] == [["戊"]]
