import pytest
from django.urls import reverse

from accounts.certification import views
from accounts.certification.forms import INSTITUTION, KNOWN, CertificationForm
from accounts.certification.services import save_certification, set_frozen
from accounts.models import Unit, UnitMember
from notifications.models import Notice
from records.models import Document
from reviews.kinds import tell
from reviews.progress import header_of
from tests.factories import drive_unit, make_unit, make_user
from tests.helpers import unguarded

pytestmark = pytest.mark.django_db
EDIT, OTHER_CODE = "/center/certification/edit/", "91130100000000078U"


@pytest.fixture
def newcomer(client):
    person = make_user("newcomer")
    client.force_login(person)
    return person


def unit_of(person):
    return Unit.objects.of(person).get()


def test_the_whole_way_to_the_platform(client, world, newcomer, typed):
    assert client.get(reverse("certification_view"))["Location"] == EDIT
    assert client.post(EDIT, typed())["Location"] == reverse("certification_check")
    unit = unit_of(newcomer)
    assert (unit.uscc, unit.capital, unit.handler_phone) == ("91120222MA00000312", 1200.5, "13800000003")
    assert unit.licence.case == unit
    assert "确认提交" in client.get(reverse("certification_check")).content.decode()
    client.post(reverse("certification_submit", args=[unit.number]), {"seen": unit.version})
    unit.refresh_from_db()
    assert unit.state == "pending"
    assert {
        n.kind for n in Notice.objects.filter(recipient__in=[newcomer, world.platform], url=unit.get_absolute_url())
    } == {"certification_submitted"}


def test_a_draft_needs_no_more_than_name_and_code(client, newcomer):
    response = client.post(EDIT, {"name": "样例公司", "uscc": OTHER_CODE, "act": "save"})
    assert response["Location"] == EDIT
    assert unit_of(newcomer).state == "uncertified"
    page = client.get(reverse("certification_check")).content.decode()
    assert "补齐后才能提交" in page
    assert "确认提交" not in page


def test_bad_input_keeps_what_was_typed_and_the_paper(client, newcomer, typed):
    response = client.post(EDIT, typed(founded_on="2999-01-01"))
    assert response.context["form"].errors == {"founded_on": ["日期不能晚于今天，请照材料上的日期填写。"]}
    page = response.content.decode()
    assert "渤海样例（天津）新材料有限公司" in page
    assert "已收到" in page
    kept = Document.objects.get().pk
    assert client.post(EDIT, typed(licence=None, kept=str(kept)))["Location"] == reverse("certification_check")
    assert unit_of(newcomer).licence_id == kept


def test_a_paper_of_somebody_else_is_not_taken_by_its_number(client, newcomer, world, typed):
    paper = world.unit.licence
    response = client.post(EDIT, typed(licence=None, kept=str(paper.pk)))
    assert "licence" in response.context["form"].errors
    assert "licence" in client.post(EDIT, typed(licence=None, kept="nonsense")).context["form"].errors


def test_one_credit_code_is_one_unit(client, newcomer, world, typed):
    response = client.post(EDIT, typed(uscc=world.unit.uscc.lower()))
    assert response.context["form"].errors == {"uscc": [KNOWN]}


def test_a_public_institution_says_what_it_is(client, newcomer, typed):
    response = client.post(EDIT, typed(uscc="121200000000000510"))
    assert response.context["form"].errors == {"kind": [INSTITUTION]}


def test_a_return_shows_why_and_marks_the_fields(client, world, newcomer):
    unit = make_unit(newcomer, OTHER_CODE)
    drive_unit(unit, "returned", world)
    opinion = unit.turns.get().opinions.get()
    opinion.corrections = ["address"]
    with unguarded():
        opinion.save()
    page = client.get(reverse("certification_detail", args=[unit.number])).content.decode()
    assert opinion.text in page
    assert "按意见修改" in page
    form = client.get(EDIT).content.decode()
    assert "field-marked" in form
    assert "审核单位要求修改此项" in form


def test_after_a_refusal_another_one_begins_with_what_was_typed(client, world, newcomer):
    unit = make_unit(newcomer, OTHER_CODE, address="样例路 99 号")
    drive_unit(unit, "rejected", world)
    assert "重新申请认证" in client.get(reverse("certification_detail", args=[unit.number])).content.decode()
    page = client.get(EDIT)
    assert "样例路 99 号" in page.content.decode()
    assert page.context["form"].instance.pk is None


def test_a_certified_unit_is_read_only_until_it_certifies_again(client, world):
    client.force_login(world.applicant)
    unit = world.unit
    assert client.get(EDIT)["Location"] == unit.get_absolute_url()
    url = reverse("certification_reopen", args=[unit.number])
    assert client.get(url).status_code == 200
    assert client.post(url, {"seen": unit.version})["Location"] == EDIT
    unit.refresh_from_db()
    assert unit.state == "expired"
    assert client.get(url)["Location"] == unit.get_absolute_url()


def test_a_second_click_is_told_that_the_case_has_moved_on(client, world):
    client.force_login(world.applicant)
    unit = world.unit
    response = client.post(reverse("certification_reopen", args=[unit.number]), {"seen": unit.version - 1})
    assert response.status_code == 409


def test_a_handler_reads_and_does_not_edit(client, world):
    handler = make_user("handler")
    unit = make_unit(world.expert_1, OTHER_CODE)
    UnitMember.objects.create(unit=unit, user=handler)
    client.force_login(handler)
    assert client.get(EDIT)["Location"] == unit.get_absolute_url()
    assert client.get(unit.get_absolute_url()).context["actions"] == []


def test_a_form_that_was_overtaken_is_refused_in_words(newcomer, world):
    unit = make_unit(newcomer, OTHER_CODE)
    form = CertificationForm({}, instance=Unit.objects.get(pk=unit.pk), by=newcomer, draft=True)
    form.full_clean()
    form._errors.clear()
    drive_unit(unit, "returned", world)
    assert views.kept_certification(form) is False
    assert "已经有了新的进展" in form.non_field_errors()[0]


def test_a_stranger_finds_nothing(client, world):
    client.force_login(world.stranger)
    for name in ("certification_detail", "certification_reopen", "certification_freeze"):
        assert client.get(reverse(name, args=[world.unit.number])).status_code == 404
    assert client.post(reverse("certification_submit", args=[world.unit.number])).status_code == 404


def test_a_visitor_is_asked_to_sign_in(client, world):
    response = client.get(world.unit.get_absolute_url())
    assert response["Location"].startswith(reverse("account_login"))


def test_the_platform_freezes_with_words_and_lifts_it(client, world):
    client.force_login(world.platform)
    url = reverse("certification_freeze", args=[world.unit.number])
    assert "冻结单位" in client.get(world.unit.get_absolute_url()).content.decode()
    assert client.post(url, {"text": " "}).context["form"].errors == {"text": ["请填写理由。"]}
    client.post(url, {"text": "样例：提交虚假材料"})
    world.unit.refresh_from_db()
    assert world.unit.is_frozen
    assert "样例：提交虚假材料" in Notice.objects.get(recipient=world.applicant, kind="certification_frozen").body
    client.post(url, {"text": "样例：已核实"})
    world.unit.refresh_from_db()
    assert world.unit.is_certified


def test_only_the_platform_freezes_or_sees_the_form(client, world):
    url = reverse("certification_freeze", args=[world.unit.number])
    for person in (world.applicant, world.municipal):
        client.force_login(person)
        assert [client.get(url).status_code, client.post(url).status_code] == [404, 404]


def test_the_case_page_asks_at_most_twenty_queries(client, world, django_assert_max_num_queries):
    client.force_login(world.applicant)
    with django_assert_max_num_queries(20):
        client.get(world.unit.get_absolute_url())


def test_the_submission_asks_at_most_25_queries(client, world, newcomer, django_assert_max_num_queries):
    unit = make_unit(newcomer, OTHER_CODE)
    with django_assert_max_num_queries(25):
        client.post(reverse("certification_submit", args=[unit.number]), {"seen": "x"})


def test_the_account_page_names_the_units_and_the_way_to_a_further_one(client, world):
    client.force_login(world.applicant)
    page = client.get(reverse("account_home")).content.decode()
    assert world.unit.name in page
    assert world.unit.get_members_url() in page
    assert "您还没有加入单位" in login_page(client, make_user("alone"))


def login_page(client, person):
    client.force_login(person)
    return client.get(reverse("account_home")).content.decode()


def test_the_profile_is_changed_but_never_number_or_address(client, world, newcomer):
    before = newcomer.phone
    url = reverse("profile_edit")
    typed = {"name": "新名字", "email": "neu@example.com", "phone": "13800000078"}
    assert client.post(url, typed)["Location"] == reverse("account_home")
    newcomer.refresh_from_db()
    assert (newcomer.name, newcomer.email, newcomer.phone) == ("新名字", "", before)


def test_saving_by_somebody_else_is_refused(world):
    unit = make_unit(world.expert_1, OTHER_CODE)
    with pytest.raises(views.RuleBroken, match="只有单位管理员"):
        save_certification(unit, by=world.stranger)


def test_what_is_under_review_is_not_saved_over(world, newcomer):
    unit = drive_unit(make_unit(newcomer, OTHER_CODE), "pending", world)
    with pytest.raises(views.RuleBroken, match="现在不能修改"):
        save_certification(unit, by=newcomer)


def test_a_freeze_without_words_is_refused(world):
    with pytest.raises(views.RuleBroken, match="必须写明理由"):
        set_frozen(world.unit, frozen=True, by=world.platform, text=" ")
    assert not Unit.objects.get(pk=world.unit.pk).is_frozen


def test_the_platform_is_warned_of_what_a_reviewer_should_see(world):
    twin = make_unit(make_user(), "9111010800000006X7", kind="institution")
    told = tell(twin, world.platform)
    assert len(told.warnings) == 3
    assert told.findings[0]["tone"] == "ok"
    assert tell(make_unit(make_user(), OTHER_CODE, handler_phone=""), world.platform).warnings == [
        "代码的登记机关不在天津。在津注册的单位才能申请创新券，请核对证照。"
    ]


def test_the_list_of_what_comes_next_speaks_to_the_unit_alone(world):
    assert "可以下单并申请创新券" in header_of(world.unit, world.applicant).next_sentence
    assert "可以下单" not in header_of(world.unit, world.platform).next_sentence


def test_a_frozen_unit_reads_why(client, world):
    set_frozen(world.unit, frozen=True, by=world.platform, text="样例：提交虚假材料")
    client.force_login(world.applicant)
    assert "冻结原因：样例：提交虚假材料" in client.get(world.unit.get_absolute_url()).content.decode()


def test_there_is_nothing_to_check_while_nothing_may_be_handed_in(client, world):
    client.force_login(world.applicant)
    assert client.get(reverse("certification_check"))["Location"] == reverse("certification_view")
