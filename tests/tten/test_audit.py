import datetime as dt
import io

import pytest
import python_calamine as calamine
from django.contrib.contenttypes.models import ContentType
from django.db.utils import DatabaseError
from django.urls import reverse
from django.utils import timezone

from records.models import Event
from tests.factories import World, drive_application, make_user
from tests.helpers import by_owner
from tests.plans import heavy
from tests.watch import asking

pytestmark = pytest.mark.django_db
LIST = "/audit/trail/"


@pytest.fixture
def world():
    world = World()
    world.refused = drive_application(world.make_application(), "district_rejected", world)
    return world


@pytest.fixture
def trail(client, world):
    """The lines that whoever audits finds by these conditions."""
    client.force_login(world.auditor)

    def lines(**asked):
        return list(client.get(reverse("trail_list"), asked).context["page"])

    return lines


def line(world, **columns):
    """A further line about the refused application, with whatever hash."""
    last = world.refused.events.order_by("-sequence").first()
    said = {
        "step": "note",
        "actor": world.district,
        "hash": "0" * 64,
        "previous_hash": last.hash,
        "sequence": last.sequence + 1,
    }
    kind = ContentType.objects.get_for_model(world.refused)
    return Event.objects.create(case_type=kind, case_id=world.refused.pk, **said | columns)


def test_who_reads_the_trail(client, world):
    found = set()
    for name, user in world.people.items():
        client.force_login(user)
        found |= {name} if user.is_active and client.get(LIST).status_code != 404 else set()
    assert found == {"auditor"}


def test_a_line_tells_who_what_where_when_and_that_nothing_was_changed(world, trail):
    [last, *_] = trail(number=world.refused.number.lower())
    assert (last.matter, last.kind, last.is_case) == (world.refused.number, "创新券申请", True)
    assert (last.action, last.before, last.after) == ("不通过", "待初审", "初审不通过")
    assert (last.event.actor, last.event.office, last.seal) == (world.district, "南开区科技局", "完整")


def test_the_lines_of_a_case(world, trail):
    assert [one.event.case_id for one in trail(number=world.refused.number)] == [
        world.refused.pk
    ] * world.refused.events.count()
    assert trail(number="SQ20269999999") == trail(number="并没有") == []


def test_a_line_that_was_not_written_by_the_portal_is_told(world, trail):
    forged = line(world, text="伪造的一行")
    told = {one.event.pk: one.seal for one in trail(number=world.refused.number)}
    assert told.pop(forged.pk) == "不符"
    assert set(told.values()) == {"完整"}


def test_a_line_behind_one_that_is_missing_is_told(world, trail):
    line(world, sequence=world.refused.events.count() + 5)
    assert next(one.seal for one in trail(number=world.refused.number)) == "不符"


def test_the_trail_of_a_firm(world, trail):
    by_name, by_code = trail(firm="海河样例"), trail(firm=world.unit.uscc.lower())
    told = {one.matter for one in by_name}
    assert told == {world.unit.number, world.refused.number, world.refused.order.number}
    assert [one.event for one in by_code] == [one.event for one in by_name]
    assert trail(firm="没有这样的单位") == []


def test_the_trail_of_a_person_by_name_user_name_and_number(world, trail):
    asked = trail(person=world.district.username)
    assert {one.event.actor for one in asked} == {world.district}
    assert [one.event for one in trail(person=world.district.name)] == [one.event for one in asked]
    make_user("namesake", name=world.district.name)
    assert [one.event for one in trail(person=world.district.name)] == [one.event for one in asked]
    assert trail(person="查无此人") == []


def test_a_word_of_an_opinion(world, trail):
    said = line(world, text="不符合 R&D 支持范围，样品检测属于例行巡检")
    for words in ("例行巡检", "品检", "r&d", "R&D 支持"):
        assert [one.event for one in trail(words=words)] == [said], words
    assert trail(words="例行检巡") == trail(words="100%") == []


@pytest.mark.parametrize(
    ("name", "typed", "why"),
    [
        ("words", "检", "至少写 2 个字"),
        ("firm", "海", "至少写 2 个字"),
        ("since", "昨天", "年月日"),
        ("step", "nothing", "不在列表中"),
    ],
)
def test_what_cannot_be_looked_for_is_said_and_narrows_nothing(client, world, name, typed, why):
    client.force_login(world.auditor)
    response = client.get(LIST, {name: typed})
    assert why in response.content.decode()
    assert response.context["page"].count == Event.objects.count()


def test_acts_and_days(world, trail):
    assert {one.action for one in trail(step="reject")} == {"不通过"}
    today = timezone.localdate()
    assert len(trail(since=today, until=today)) == min(Event.objects.count(), 20)
    assert trail(since=today + dt.timedelta(days=1)) == trail(until=today - dt.timedelta(days=1)) == []
    assert trail(until="9999-12-31")


def test_whoever_audits_reads_nothing_of_his_own_side(world, trail):
    world.unit.memberships.create(user=world.auditor)
    assert trail(number=world.refused.number) == trail(firm="海河样例") == []
    assert trail(firm="渤海样例")


def test_nobody_changes_a_line(world):
    with pytest.raises(DatabaseError, match="append-only"), by_owner():
        Event.objects.filter(case_id=world.refused.pk).update(text="改")


def test_the_trail_is_taken_away_as_it_is_searched(client, world):
    client.force_login(world.auditor)
    response = client.post(reverse("export_start"), {"path": LIST, "query": f"number={world.refused.number}"})
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(response.getvalue()))
    heads, *rows = book.get_sheet_by_index(0).to_python()
    assert heads[-1] == "核对"
    assert len(rows) == world.refused.events.count()
    assert {row[-1] for row in rows} == {"完整"}


@pytest.fixture
def long(world):
    """Very many lines: of other cases, by other people, with other words; a hundred stand out."""
    kind = ContentType.objects.get_for_model(world.refused)
    people = [make_user(f"clerk{number}") for number in range(5)]
    with by_owner() as cursor:
        cursor.execute(
            """INSERT INTO records_event (case_type_id, case_id, sequence, step, from_state, to_state, actor_id, office, text,
                   attachments, at, previous_hash, hash)
               SELECT %s, 1000000 + row / 8, row %% 8 + 1, CASE WHEN row %% 300 = 0 THEN 'recover' ELSE 'submit' END, '', '',
                   (%s::bigint[])[row %% 5 + 1], '', CASE WHEN row %% 300 = 0 THEN '伪造的检验报告' ELSE '材料齐全，同意' || row END,
                   '[]', now() - row * interval '1 minute', '', repeat('0', 64) FROM generate_series(1, 30000) row""",
            [kind.pk, [person.pk for person in people]],
        )
        cursor.execute("ANALYZE records_event")
    return people


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?page=50",
        "?end=1",
        "?words=材料",
        "?words=伪造",
        "?words=材料&end=1",
        "?step=recover",
        "?step=submit&end=1",
        "?person=clerk1",
        "?person=clerk1&end=1",
        "?number=SQ20269999999",
        "?since=2026-11-20",
        "?until=2026-11-20",
        "?firm=海河样例",
    ],
)
def test_every_search_is_read_by_an_index(client, world, long, query):
    client.force_login(world.auditor)
    assert heavy(client, LIST + query, "records_event") == []


def test_the_end_and_what_lies_before_it(client, world, long):
    client.force_login(world.auditor)
    first = Event.objects.order_by("at", "pk")[:40]
    end = client.get(LIST, {"end": 1}).context["page"]
    assert [one.event for one in end] == list(first[:20])[::-1]
    before = client.get(LIST + end.previous).context["page"]
    assert [one.event for one in before] == list(first[20:])[::-1]
    assert [one.event for one in client.get(LIST + before.next).context["page"]] == list(first[:20])[::-1]
    few = client.get(LIST, {"words": "伪造", "page": 2}).context["page"]
    assert len(list(few)) == 20


def test_the_trail_costs_few_questions(client, world, long):
    client.force_login(world.auditor)
    for query in ("", "?end=1", "?words=材料", "?firm=海河样例&words=同意"):
        with asking(14, exact=False):
            assert len(client.get(LIST + query).content) < 100_000
