"""What a unit has typed is compared with its licence, at the desk and before it is handed in."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import Unit
from papers.models import Reading
from reviews.kinds import tell
from tests.factories import World, drive_unit, make_unit, make_user
from tests.helpers import afresh
from tests.papers import layouts, more_layouts, pdfs, truth
from tests.papers.stored import stored

pytestmark = pytest.mark.django_db
MORE = {"capital": 500, "licence_until": dt.date(2038, 4, 30)}
TERM = {"valid_from": "2018-05-01", "valid_until": "2038-04-30"}
BY_EYE = "单位名称、代码、法定代表人与证照一致"


@pytest.fixture
def world():
    return World()


@pytest.fixture
def unit(world):
    return make_unit(make_user("newcomer"), "91120222MA00000312", "津门虚构软件股份有限公司", **MORE)


def licence(unit, layout=more_layouts.licence_listed, **changes):
    """Give the unit a licence that says what it has typed, but for the changes."""
    said = {
        name: str(getattr(unit, name)) for name in ("name", "uscc", "legal_representative", "founded_on", "address")
    }
    content = pdfs.pdf(layout(said | {"capital": "伍佰万元整"} | TERM | changes))
    by = unit.memberships.first().user
    Unit.objects.filter(pk=unit.pk).update(licence=stored(content, "pdf", by=by, case=unit))
    return afresh(unit)


def told(unit, world):
    """(tone, sentence) of what the platform reads, but for code and term."""
    return [(line["tone"], line["text"]) for line in tell(afresh(unit), world.platform).findings[2:]]


@pytest.mark.parametrize("layout", [more_layouts.licence_listed, more_layouts.licence_usual])
def test_a_licence_that_agrees_is_told_with_its_source(world, unit, layout):
    unit = licence(unit, layout)
    lines = tell(unit, world.platform).findings
    [line] = [line for line in lines if line["text"] == "证照：7 项填写的内容与材料一致"]
    assert (line["tone"], line["detail"]) == ("ok", "1 份证照读自版面文字。")
    assert BY_EYE not in [line["text"] for line in lines]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"name": "津门虚构软件有限公司"}, "名称填写的是“津门虚构软件股份有限公司”，材料上是“津门虚构软件有限公司”"),
        ({"legal_representative": "贾虚构"}, "法定代表人填写的是“甄样例”，材料上是“贾虚构”"),
        ({"founded_on": "2019-05-01"}, "成立日期填写的是 2018-05-01，材料上是 2019-05-01"),
        ({"capital": "壹仟万元整"}, "注册资本填写的是 5,000,000 元，材料上是 10,000,000 元"),
        ({"address": "天津市南开区样例路9号"}, "住所填写的是“样例路 1 号”，材料上是“天津市南开区样例路9号”"),
    ],
)
def test_what_the_licence_says_otherwise_is_told_with_its_place(world, unit, said, words):
    unit = licence(unit, **said)
    lines = tell(unit, world.platform).findings
    [line] = [line for line in lines if line["tone"] == "warn"]
    assert line["text"] == f"证照：{words}"
    assert line["url"].startswith(reverse("paper", args=[unit.licence_id]) + "?box=")


def test_a_licence_for_good_that_ends_is_told(world, unit):
    Unit.objects.filter(pk=unit.pk).update(licence_until=None, licence_permanent=True)
    assert ("warn", "证照：有效期至填写的是 长期，材料上是 2038-04-30") in told(licence(unit), world)


def test_a_code_of_another_unit_is_told(world, unit):
    unit = licence(unit, uscc="91120104000000019E")
    assert ("warn", "证照：统一社会信用代码填写的是 91120222MA00000312，材料上是 91120104000000019E") in told(
        unit, world
    )
    assert ("todo", BY_EYE) in told(unit, world)


def test_a_licence_that_waits_or_was_not_read_leaves_the_eyes(world, unit):
    unit = licence(unit)
    Reading.objects.update(stage="reading", facts={})
    assert told(unit, world)[:2] == [("todo", "1 份材料正在读取"), ("todo", BY_EYE)]
    Reading.objects.all().delete()
    assert told(unit, world)[:2] == [("todo", "1 份证照只有填写的数据，请对照材料核对"), ("todo", BY_EYE)]


def test_another_paper_in_its_place_is_told(world, unit):
    content = pdfs.pdf(layouts.digital_usual(truth.invoice(3)))
    by = unit.memberships.first().user
    Unit.objects.filter(pk=unit.pk).update(licence=stored(content, "pdf", by=by, case=unit))
    assert ("warn", "证照的文件看起来是数电发票，不是营业执照或法人证书") in told(unit, world)


def test_a_unit_without_a_licence_reads_nothing_of_it(world, unit):
    Unit.objects.filter(pk=unit.pk).update(licence=None)
    assert told(unit, world)[0] == ("todo", BY_EYE)


def test_the_unit_reads_it_before_it_hands_in(client, world, unit):
    unit = licence(unit, legal_representative="贾虚构")
    client.force_login(unit.memberships.first().user)
    page = client.get(reverse("certification_check")).content.decode()
    assert "证照：法定代表人填写的是“甄样例”，材料上是“贾虚构”" in page
    assert "确认提交" in page


def test_it_stops_nobody(world, unit):
    unit = licence(unit, legal_representative="贾虚构")
    assert drive_unit(unit, "certified", world).state == "certified"


def test_an_admission_rests_on_the_same_papers(client, world):
    unit = licence(world.unit, legal_representative="贾虚构", capital="")
    admission = world.make_admission()
    Reading.objects.filter(document=admission.certificates[0].document).delete()
    words = "证照：法定代表人填写的是“甄样例”，材料上是“贾虚构”"
    client.force_login(world.applicant)
    assert words in client.get(reverse("admission_check", args=[admission.number])).content.decode()
    pending = world.admit("pending", unit=unit)
    assert words in [line["text"] for line in tell(afresh(pending), world.platform).findings]


def test_a_certificate_that_names_another_unit_is_told(world):
    admission = world.make_admission()
    row, unit = admission.certificates[0], world.unit
    said = {"name": "别家样例公司", "uscc": unit.uscc, "legal_representative": "甄样例", "capital": "伍佰万元整"}
    said |= {"founded_on": "2018-05-01", "address": unit.address, **TERM}
    paper = stored(pdfs.pdf(more_layouts.licence_listed(said)), "pdf", by=world.applicant, case=admission)
    type(row).objects.filter(pk=row.pk).update(document=paper)
    admission = afresh(admission)
    type(admission).objects.filter(pk=admission.pk).update(state="pending", submitted_at=admission.created_at)
    lines = [(line["tone"], line["text"]) for line in tell(afresh(admission), world.platform).findings]
    assert ("warn", f"{row}：证书写明的单位是“别家样例公司”，不是申请单位“{unit.name}”") in lines
    assert ("ok", "资质证书：1 项填写的内容与材料一致") in lines
