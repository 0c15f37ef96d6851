import datetime as dt
import io

import pytest
import python_calamine as calamine
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Unit
from notifications.models import Notice
from records.kinds import case_kinds
from records.models import Document
from reviews.models import ExpertWord, Office, PanelSeat, Remark
from reviews.questions.services import answer, ask
from tests.factories import World, drive_application, drive_claim, make_document, make_unit, make_user
from tten.firm.lines import CASE, Asked, Firm, lines_of
from tten.firm.readers import Reader, same_firm

pytestmark = pytest.mark.django_db
OFFICES = {"platform", "district", "body", "municipal"}
READERS = OFFICES | {"body_second", "auditor"}


@pytest.fixture
def world():
    """A firm with a claim that experts judge, and an application that the district has refused."""
    world = World()
    world.claim = drive_claim(world.make_claim(), "experts", world)
    world.refused = drive_application(world.make_application(), "district_rejected", world)
    return world


def page(user, number, query=""):
    client = Client()
    client.force_login(user)
    return client.get(reverse("firm_detail", args=[number]) + query)


def text(user, number, query=""):
    response = page(user, number, query)
    assert response.status_code == 200
    return response.content.decode()


def numbers(user, world, **asked):
    """The numbers of the cases that the file shows the person as lines of their own."""
    firm = Firm(world.unit, same_firm(world.unit), Reader.of(user))
    return {row[4] for row in lines_of(firm, Asked(sort=CASE, **asked))}


def test_who_reads_the_file_of_a_firm(world):
    people = {name: user for name, user in world.people.items() if name != "clock"}
    answers = {name: page(user, world.unit.number).status_code for name, user in people.items()}
    assert answers == {name: 200 if name in READERS else 404 for name in people}


def test_each_desk_reads_its_own_cases_alone(world):
    admission = world.admit("pending")
    own = {world.claim.number, world.claim.application.number}
    orders = {world.claim.application.order.number, world.refused.order.number}
    everything = own | orders | {world.refused.number, admission.number, world.unit.number}
    assert numbers(world.municipal, world) == numbers(world.auditor, world) == everything
    assert numbers(world.platform, world) == {world.unit.number, admission.number}
    assert numbers(world.district, world) == own | {world.refused.number}
    assert numbers(world.body, world) == own
    assert numbers(world.other_body, world) == set()


def test_a_desk_never_reads_more_than_the_pages_of_the_cases_show_it(world):
    world.admit("pending")
    for name in OFFICES:
        reader = Reader.of(world.people[name])
        for kind in case_kinds():
            visible = kind.model.objects.visible_to(reader.user).values("pk")
            assert not reader.cases(kind.model).exclude(pk__in=visible).exists(), (name, kind.matter)


def test_nobody_reads_a_draft(world):
    draft = world.make_application()
    assert draft.number not in numbers(world.municipal, world) | numbers(world.auditor, world)


def test_who_belongs_to_the_firm_does_not_read_it_at_a_desk(world):
    world.unit.memberships.create(user=world.district)
    assert page(world.district, world.unit.number).status_code == 404
    world.unit.memberships.filter(user=world.district).delete()
    earlier = make_unit(make_user("earlier"), name="从前登记的样例公司")
    Unit.objects.filter(pk=earlier.pk).update(state="rejected", held_uscc=world.unit.held_uscc)
    earlier.memberships.create(user=world.district)
    assert page(world.district, world.unit.number).status_code == 404


def test_a_refused_registration_under_the_same_code_stands_in_the_same_file(world):
    earlier = make_unit(make_user("earlier"), name="从前登记的样例公司")
    Unit.objects.filter(pk=earlier.pk).update(state="rejected", held_uscc=world.unit.held_uscc)
    assert numbers(world.platform, world) == {world.unit.number, earlier.number}


def test_the_head_says_why_it_was_refused(world):
    opinion = world.refused.turns.get().opinions.get()
    for name in ("municipal", "district", "auditor"):
        [line] = page(world.people[name], world.unit.number).context["refusals"]
        assert (line.number, line.reason, line.words) == (
            world.refused.number,
            opinion.get_reason_display(),
            opinion.text,
        )
        assert (line.office, line.round) == ("南开区科技局", 1)
    assert page(world.body, world.unit.number).context["refusals"] == []


def test_what_must_not_leak(world):
    """Sealed words of experts, names of reviewers, and all of cases that are not the desk's."""
    secret = "专家的密封意见不得外传"
    PanelSeat.objects.filter(turn=world.claim.turns.last()).update(
        text=secret, word=ExpertWord.CUT, given_at=dt.datetime.now(dt.UTC)
    )
    paper = make_document(world.applicant, "订单里的图纸.pdf")
    order = world.refused.order
    kind = ContentType.objects.get_for_model(order)
    Document.objects.filter(pk=paper.pk).update(case_type=kind, case_id=order.pk)
    Notice.objects.create(
        recipient=world.applicant, kind="x", subject="订单的消息", body="内容", url=order.get_absolute_url()
    )
    reviewers = {world.people[name].name for name in ("district", "body", "platform", "expert_1")}
    for name in READERS:
        read = text(world.people[name], world.unit.number).replace(world.people[name].name, "")
        assert secret not in read
        assert not any(shown in read for shown in reviewers)
        assert ("订单里的图纸" in read) == ("订单的消息" in read) == (name in {"municipal", "auditor"})
        assert (world.refused.number in read) == (name in {"municipal", "auditor", "district"})


def test_a_message_to_somebody_outside_the_firm_is_no_line_of_its_file(world):
    Notice.objects.create(
        recipient=world.district, kind="x", subject="给审核人的消息", body="内容", url=world.refused.get_absolute_url()
    )
    assert "给审核人的消息" not in text(world.municipal, world.unit.number, "?sort=notice")


def test_a_message_to_several_of_the_firm_is_one_line_that_says_who_has_read_it(world):
    url, now = world.refused.get_absolute_url(), timezone.now()
    said = {"kind": "x", "subject": "只说一次的消息", "body": "内容", "url": url}
    for number, person in enumerate((world.applicant, world.reader)):
        at, read = now + dt.timedelta(milliseconds=number), now if number else None
        Notice.objects.create(recipient=person, at=at, read_at=read, **said)
    Notice.objects.create(recipient=world.applicant, at=now + dt.timedelta(hours=1), **said)
    context = page(world.municipal, world.unit.number, "?sort=notice").context
    lines = [line for line in context["lines"] if line.title == "只说一次的消息"]
    assert [(line.result, line.office) for line in lines] == [
        ("未读", f"收件人：{world.applicant}"),
        ("2 人中 1 人已读", f"收件人：{world.applicant}、{world.reader}"),
    ]
    assert context["page"].paginator.count == len({(line.title, line.moment) for line in context["lines"]})


def test_papers_open_for_those_who_open_the_case_alone(world):
    paper = make_document(world.applicant, "合同草案.pdf")
    kind = ContentType.objects.get_for_model(world.refused)
    Document.objects.filter(pk=paper.pk).update(case_type=kind, case_id=world.refused.pk)
    link = reverse("paper", args=[paper.pk])
    assert link in text(world.municipal, world.unit.number)
    assert link in text(world.district, world.unit.number)
    read = text(world.auditor, world.unit.number)
    assert "合同草案.pdf" in read
    assert link not in read
    assert world.refused.get_absolute_url() not in read


def test_the_quota_runs_along(world):
    lines = page(world.municipal, world.unit.number, "?sort=money").context["lines"]
    told = [(line.number, line.result, line.amount, line.held) for line in reversed(lines)]
    used, refused = world.claim.application, world.refused
    granted = used.approved_amount
    assert told[0][0] == told[1][0] == used.number
    assert told[-2:] == [
        (refused.number, "提交申请", refused.applied_amount, granted + refused.applied_amount),
        (refused.number, "申请结束，额度退回", -refused.applied_amount, granted),
    ]
    lines = page(world.body, world.unit.number, "?sort=money").context["lines"]
    assert {line.number for line in lines} == {used.number}


@pytest.mark.parametrize(
    ("query", "sorts"),
    [
        ("?sort=opinion", {"opinion"}),
        ("?result=reject", {"opinion"}),
        ("?result=reject&sort=paper", set()),
        ("?year=2019", None),
    ],
)
def test_filters(world, query, sorts):
    response = page(world.municipal, world.unit.number, query)
    found = {line.sort for line in response.context["lines"]}
    assert found == (sorts if sorts is not None else {"case", "opinion", "paper", "money", "notice"})
    assert ("年份" in str(response.context["form"].errors)) == (sorts is None)


def test_a_kind_and_a_year_narrow_it(world):
    form = page(world.municipal, world.unit.number).context["form"]
    offered = {value for value, _ in form.fields["matter"].widget.choices}
    assert offered == {"", "unit", "admission", "order", "wanted", "application", "claim"}
    assert len(form.fields["year"].widget.choices) > 1
    assert numbers(world.municipal, world, matter="claim") == {world.claim.number}
    assert numbers(world.municipal, world, year="2019") == set()


@pytest.mark.parametrize("words", ["海河样例", "91120104000000019e", "the claim"])
def test_a_firm_is_found_by_name_code_and_number(world, words):
    words = world.claim.number.lower() if words == "the claim" else words
    for name in READERS:
        client = Client()
        client.force_login(world.people[name])
        found = list(client.get(reverse("firm_list"), {"q": words}).context["page"])
        hidden = name == "platform" and words == world.claim.number.lower()
        assert found == ([] if hidden else [world.unit])


def test_nothing_is_listed_unasked_and_nothing_of_others(world):
    client = Client()
    client.force_login(world.other_body)
    assert list(client.get(reverse("firm_list"), {"q": "海河"}).context["page"]) == []
    assert list(client.get(reverse("firm_list"), {"q": world.claim.number}).context["page"]) == []
    client.force_login(world.municipal)
    assert list(client.get(reverse("firm_list")).context["page"]) == []
    refused = client.get(reverse("firm_list"), {"q": "？？"})
    assert list(refused.context["page"]) == []
    assert "没有文字或数字" in refused.content.decode()


def test_the_file_costs_few_questions(world):
    for name in READERS:
        client = Client()
        client.force_login(world.people[name])
        with CaptureQueriesContext(connection) as asked:
            response = client.get(reverse("firm_detail", args=[world.unit.number]))
        assert len(asked) <= 20, (name, len(asked))
        assert len(response.content) <= 100_000


def test_the_file_is_taken_away_as_it_is_read(world):
    client = Client()
    client.force_login(world.district)
    path = reverse("firm_detail", args=[world.unit.number])
    response = client.post(reverse("export_start"), {"path": path, "query": "sort=opinion"})
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(response.getvalue()))
    heads, *rows = book.get_sheet_by_index(0).to_python()
    found = [dict(zip(heads, row, strict=True)) for row in rows]
    assert {row["类别"] for row in found} == {"审核意见"}
    assert world.refused.number in {row["编号"] for row in found}


NOTE, QUESTION = "内部备注：付款凭证待核", "请说明项目与研发的关系。"
NOTED = {  # person → whether he reads the note, and the question, of a claim at its body
    "district": (True, True),
    "body": (True, True),
    "body_second": (True, True),
    "municipal": (True, True),
    "auditor": (False, True),
    "platform": (False, False),
}


@pytest.mark.parametrize("name", NOTED)
def test_questions_and_notes_are_lines_for_those_who_may_see_them(world, name):
    turn = world.claim.turns.last()
    Remark.objects.create(
        case_type=turn.case_type, case_id=turn.case_id, author=world.body, office=world.body_office, text=NOTE
    )
    answer(ask(turn, by=world.body_second, text=QUESTION), by=world.applicant, text="用于新材料研发。")
    content = text(world.people[name], world.unit.number)
    seen = NOTED[name]
    assert (NOTE in content, QUESTION in content, "用于新材料研发。" in content) == (*seen, seen[1])
    assert (NOTE in text(world.people[name], world.unit.number, "?sort=remark")) is seen[0]


def test_an_expert_reads_no_notes_in_a_file(world):
    turn = world.claim.turns.last()
    Remark.objects.create(
        case_type=turn.case_type, case_id=turn.case_id, author=world.body, office=world.body_office, text=NOTE
    )
    expert = turn.seats.first().expert if turn.seats.exists() else make_user("expert_here")
    world.other_body_office.memberships.create(user=expert)
    PanelSeat.objects.get_or_create(turn=turn, expert=expert)
    expert.office_memberships.get_or_create(office=Office.objects.filter(kind="expert").first())
    content = text(expert, world.unit.number)
    assert (world.claim.number in content, NOTE in content) == (True, False)
