"""常用语: who keeps them, what is filled in, what is offered at a decision."""

import pytest
from django.urls import reverse

from reviews.forms import OpinionForm
from reviews.models import OfficeMember, Phrase
from reviews.phrases.filling import DEFAULTS, fill, open_fields, unknown_fields
from reviews.phrases.pages import default_words, offered_at
from reviews.phrases.services import MOST, drop_phrase, keep_phrase
from tests.factories import drive_application, drive_claim
from tests.helpers import refused
from tests.reviews.desk import at, open_turn, queries

pytestmark = pytest.mark.django_db
SENT = {"title": "缺合同", "text": "请补充{缺少的材料}。", "verdict": "send_back"}


def lead(world):
    world.body_office.memberships.filter(user=world.body).update(role=OfficeMember.Role.LEAD)
    return world.body


def kept(owner=None, office=None, **more):
    return Phrase.objects.create(owner=owner, office=office, **({"title": "样例", "text": "样例。"} | more))


def test_fields_are_replaced_by_a_table_and_nothing_else_is():
    values = {"单位": "海河{编号}", "编号": "SQ1"}
    assert fill("{单位}的{编号}，{金额}，{0.__class__}，{}", values) == "海河{编号}的SQ1，{金额}，{0.__class__}，{}"
    assert unknown_fields("{单位}{价格}{0.__class__}") == ["价格", "0.__class__"]
    assert open_fields("{缺少的材料}和{价格}") == ["{缺少的材料}"]


def test_a_phrase_is_filled_with_the_case_at_hand(world):
    application = drive_application(world.make_application(), "body", world)
    turn = open_turn(application)
    kept(world.body, title="甲", text="{单位}申请 {金额}，{编号}，{环节}，{不通过的原因}")
    first = offered_at(turn, application, world.body)[0]
    assert first.text == f"{application.unit_name}申请 50,000 元，{application.number}，{turn.stage}，{{不通过的原因}}"
    assert (first.number, first.is_own) == (1, True)


def test_own_phrases_stand_before_those_of_the_office_and_others_are_not_offered(world):
    claim = drive_claim(world.make_claim(), "formal", world)
    turn = open_turn(claim)
    kept(office=world.body_office, title="单位的")
    kept(world.body, title="本人的")
    kept(world.body_second, title="同事的")
    kept(office=world.district_office, title="别处的")
    kept(
        world.body,
        title="别类的",
        case_type=open_turn(drive_application(world.make_application(), "body", world)).case_type,
    )
    kept(world.body, title="同类的", case_type=turn.case_type)
    told = [one.title for one in offered_at(turn, claim, world.body)]
    assert told == ["同类的", "本人的", "单位的", *(f"默认：{verdict.label}" for verdict in DEFAULTS)]


def test_default_words_are_the_person_s_then_the_office_s_then_the_common_ones(world):
    application = drive_application(world.make_application(), "body", world)
    turn = open_turn(application)

    def words():
        return default_words(turn, application, world.body, "pass_review")

    assert words() == DEFAULTS["pass_review"]
    kept(office=world.body_office, text="本单位同意。", verdict="pass_review", is_default=True)
    assert words() == "本单位同意。"
    kept(world.body, text="同意{单位}。", verdict="pass_review", is_default=True)
    assert words() == f"同意{application.unit_name}。"


def test_one_phrase_is_offered_by_itself_for_a_verdict(world):
    first = keep_phrase(Phrase(title="甲", text="甲", verdict="pass_review", is_default=True), by=world.body)
    keep_phrase(Phrase(title="乙", text="乙", verdict="pass_review", is_default=True), by=world.body)
    first.refresh_from_db()
    assert (first.is_default, first.owner, first.holder) == (False, world.body, "本人")


def test_an_office_s_phrases_are_kept_by_its_head(world):
    phrase = Phrase(title="甲", text="甲", office=world.body_office)
    with refused("R-PERM", match="负责人"):
        keep_phrase(phrase, by=world.body_second)
    keep_phrase(phrase, by=lead(world))
    assert Phrase.objects.get().holder == world.body_office.name
    with refused("R-PERM"):
        drop_phrase(phrase, by=world.body_second)
    drop_phrase(phrase, by=world.body)
    assert not Phrase.objects.exists()


def test_there_is_an_end_of_phrases(world):
    Phrase.objects.bulk_create(Phrase(owner=world.body, title="甲", text="甲") for _ in range(MOST))
    with refused("R-MANY"):
        keep_phrase(Phrase(title="乙", text="乙"), by=world.body)


def test_the_pages_add_edit_and_delete(world, signed_in):
    client = signed_in(world.body)
    assert "还没有常用语" in client.get(reverse("phrase_list")).content.decode()
    assert client.get(reverse("phrase_new")).status_code == 200
    assert client.post(reverse("phrase_new"), SENT).url == reverse("phrase_list")
    phrase = Phrase.objects.get(owner=world.body)
    page = client.get(reverse("phrase_list")).content.decode()
    assert ("缺合同" in page, phrase.get_absolute_url() in page) == (True, True)
    client.post(phrase.get_absolute_url(), SENT | {"title": "缺发票"})
    phrase.refresh_from_db()
    assert str(phrase) == "缺发票"
    assert client.post(reverse("phrase_delete", args=[phrase.pk])).url == reverse("phrase_list")
    assert not Phrase.objects.exists()


def test_a_colleague_s_phrase_is_not_there_and_the_office_s_is_to_be_read(world, signed_in):
    own, office = kept(world.body), kept(office=world.body_office, title="单位的")
    client = signed_in(world.body_second)
    assert "单位的" in client.get(reverse("phrase_list")).content.decode()
    for phrase in (own, office):
        assert client.get(phrase.get_absolute_url()).status_code == 404
        assert client.post(reverse("phrase_delete", args=[phrase.pk])).status_code == 404
    client = signed_in(world.applicant)
    assert client.get(reverse("phrase_list")).status_code == client.get(reverse("phrase_new")).status_code == 404


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"text": "请补充{价格}。"}, "text"),
        ({"verdict": "pass_review", "reason": "R-DUP"}, "reason"),
        ({"verdict": "", "is_default": "on"}, "verdict"),
    ],
)
def test_what_cannot_be_is_refused_and_kept_on_the_page(world, signed_in, sent, field):
    page = signed_in(world.body).post(reverse("phrase_new"), SENT | sent)
    assert list(page.context["form"].errors) == [field]
    assert "缺合同" in page.content.decode()


def test_too_many_are_refused_on_the_page(world, signed_in):
    Phrase.objects.bulk_create(Phrase(owner=world.body, title="甲", text="甲") for _ in range(MOST))
    page = signed_in(world.body).post(reverse("phrase_new"), SENT).content.decode()
    assert f"常用语最多 {MOST} 条" in page


def test_words_that_are_not_filled_in_do_not_go_out(world):
    application = drive_application(world.make_application(), "district", world)
    form = OpinionForm(
        {"verdict": "send_back", "text": "请修改{需修改的内容}。"}, case=application, corrections=[("content", "内容")]
    )
    assert form.errors == {"text": ["意见里的“{需修改的内容}”还没有写上，请写上或者删去。"]}


def test_the_decision_offers_them_with_one_query(world, signed_in):
    turn = open_turn(drive_application(world.make_application(), "district", world))
    client = signed_in(world.district)
    client.get(at("turn_detail", turn))  # what is asked once in a minute
    before = queries(lambda: client.get(at("turn_detail", turn)))
    kept(world.district, title="样例短语", text="请{单位}补充。")
    page = client.get(at("turn_detail", turn)).content.decode()
    assert f'data-phrase="请{turn.unit_name}补充。"' in page
    assert queries(lambda: client.get(at("turn_detail", turn))) == before
