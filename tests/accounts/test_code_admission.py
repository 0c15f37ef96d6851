"""A code whose check digit is wrong and that stands on the paper all the same: claimed, admitted in words, then as good as any."""

import pytest
from django.urls import reverse

from accounts.certification.code.services import admit_code, may_admit_code
from accounts.certification.forms import CHECK_DIGIT
from accounts.certification.services import save_certification, submit_certification
from accounts.models import Unit
from records.rules import StaleCase
from records.steps import chain_holds
from reviews.forms import verdicts_for
from reviews.kinds import tell
from tests.factories import drive_application, drive_unit, make_unit, make_user
from tests.helpers import afresh, at_once, refused

pytestmark = pytest.mark.django_db
ODD, RIGHT, OTHER_ODD = "91120222MA00000313", "91120222MA00000312", "91120222MA00000314"
EDIT, WORDS = "/center/certification/edit/", "核对证照原件，并向登记机关电话核实。"


@pytest.fixture
def unit(world):
    """A certification with a wrong check digit, at the platform."""
    return drive_unit(make_unit(make_user("owner"), ODD), "pending", world)


@pytest.fixture
def newcomer(client, world):
    person = make_user("newcomer")
    client.force_login(person)
    return person


def test_a_wrong_check_digit_stops_the_form_and_offers_the_box(client, newcomer, typed):
    response = client.post(EDIT, typed(uscc=ODD))
    assert response.context["form"].errors == {"uscc": [CHECK_DIGIT]}
    assert "证照上确为此代码，申请人工核验" in response.content.decode()
    assert not Unit.objects.of(newcomer).exists()


def test_the_box_is_not_offered_for_any_other_fault(client, newcomer, typed):
    for code in (RIGHT, "9112", "91120222MA0000031O"):
        form = client.post(EDIT, typed(uscc=code, name="")).context["form"]
        assert "code_claimed" not in form.fields
    response = client.post(EDIT, typed(uscc="91120222MA0000031O", code_claimed="on"))
    assert "第 18 位“O”" in response.context["form"].errors["uscc"][0]


def test_whoever_ticks_it_saves_and_hands_in(client, newcomer, typed):
    assert client.post(EDIT, typed(uscc=ODD, code_claimed="on")).status_code == 302
    unit = Unit.objects.of(newcomer).get()
    assert client.get(EDIT).context["form"]["code_claimed"].value() is True
    assert submit_certification(unit, by=newcomer).state == "pending"


def test_the_desk_offers_no_pass_and_says_why(client, unit, world):
    assert [verdict for verdict, _ in verdicts_for(unit)] == ["send_back", "reject"]
    with refused("R-CODE", match="核验代码"):
        world.decide(unit, world.platform, "pass_review")
    client.force_login(world.platform)
    page = client.get(unit.turns.get().get_absolute_url()).content.decode()
    assert reverse("certification_admit", args=[unit.number]) in page
    assert tell(unit, world.platform).findings[0]["tone"] == "bad"


def test_the_platform_admits_it_in_words_and_passes(client, unit, world):
    client.force_login(world.platform)
    url = reverse("certification_admit", args=[unit.number])
    assert ODD in client.get(url).content.decode()
    assert client.post(url, {"text": " "}).context["form"].errors == {"text": ["请填写核验依据。"]}
    turn = unit.turns.get(closed_at=None)
    assert client.post(url, {"text": WORDS, "seen": unit.version})["Location"] == turn.get_absolute_url()
    unit = afresh(unit)
    assert (unit.code_admitted_by, unit.code_admitted_words, unit.events.get(step="admit_code").text) == (
        world.platform,
        WORDS,
        f"{ODD}：{WORDS}",
    )
    assert "凭证照核验" in tell(unit, world.platform).findings[0]["detail"]
    assert world.decide(unit, world.platform, "pass_review").state == "certified"
    assert chain_holds(afresh(unit))


def test_an_admitted_unit_orders_and_applies_like_any_other(unit, world):
    admit_code(unit, by=world.platform, text=WORDS)
    unit = world.decide(afresh(unit), world.platform, "pass_review")
    owner = unit.members.get()
    application = world.make_application(order=world.make_order(owner), by=owner)
    world.applicant = owner
    assert drive_application(application, "approved", world).certified.uscc == ODD


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("platform", True),
        ("owner", False),
        ("stranger", False),
        ("district", False),
        ("body", False),
        ("municipal", False),
        ("administrator", False),
        ("provider_member", False),
        ("expert_1", False),
    ],
)
def test_who_may_admit_a_code(unit, world, role, may):
    person = unit.members.get() if role == "owner" else world.people[role]
    assert may_admit_code(unit, person) is may
    if may:
        assert admit_code(unit, by=person, text=WORDS).code_admitted_by == person
    else:
        with refused("R-PERM"):
            admit_code(unit, by=person, text=WORDS)


def test_a_reviewer_does_not_admit_the_code_of_his_own_unit(unit, world):
    unit.memberships.create(user=world.platform, role="reader")
    with refused("R-PERM"):
        admit_code(unit, by=world.platform, text=WORDS)


def test_it_is_admitted_once_in_words_and_on_a_fresh_page(unit, world):
    with refused("R-WORDS"):
        admit_code(unit, by=world.platform, text="  ")
    with pytest.raises(StaleCase):
        admit_code(unit, by=world.platform, text=WORDS, seen=unit.version - 1)
    admit_code(unit, by=world.platform, text=WORDS)
    with refused("R-CODE"):
        admit_code(unit, by=world.platform, text=WORDS)


@pytest.mark.parametrize("state", ["uncertified", "returned"])
def test_a_code_is_admitted_only_while_the_certification_lies_at_the_platform(world, state):
    unit = drive_unit(make_unit(make_user(), ODD), state, world)
    with refused("R-CODE"):
        admit_code(unit, by=world.platform, text=WORDS)


def test_a_sound_code_needs_no_admission(client, world):
    unit = drive_unit(make_unit(make_user(), RIGHT), "pending", world)
    with refused("R-CODE"):
        admit_code(unit, by=world.platform, text=WORDS)
    client.force_login(world.platform)
    assert client.get(reverse("certification_admit", args=[unit.number]))["Location"] == unit.get_absolute_url()


def test_another_code_needs_a_proof_of_its_own(unit, world):
    admit_code(unit, by=world.platform, text=WORDS)
    unit = world.decide(afresh(unit), world.platform, "send_back", "请核对代码。")
    unit.uscc = OTHER_ODD
    unit = afresh(save_certification(unit, by=unit.members.get()))
    assert (unit.code_admitted_at, unit.code_admitted_by, unit.code_admitted_words) == (None, None, "")


def test_the_same_code_keeps_its_proof_over_a_return(unit, world):
    admit_code(unit, by=world.platform, text=WORDS)
    unit = world.decide(afresh(unit), world.platform, "send_back", "照片不清。")
    owner = unit.members.get()
    unit = submit_certification(save_certification(unit, by=owner), by=owner)
    assert world.decide(unit, world.platform, "pass_review").state == "certified"


@pytest.mark.django_db(transaction=True)
def test_of_two_reviewers_at_once_one_admits(unit, world):
    colleague = make_user("colleague")
    world.platform_office.memberships.create(user=colleague)
    results = at_once(
        lambda: admit_code(unit, by=world.platform, text=WORDS).number,
        lambda: admit_code(unit, by=colleague, text=WORDS).number,
    )
    assert sorted(results) == sorted([unit.number, "R-CODE"])
    assert unit.events.filter(step="admit_code").count() == 1
