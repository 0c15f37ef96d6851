"""What the pages show of 复核签: to whoever decided, to whoever may sign, and to everybody else."""

import pytest
from django.urls import reverse

from reviews.models import Rest, Turn
from reviews.rests.services import decide, take_back
from tests.factories import drive_application
from tests.helpers import afresh
from tests.reviews.desk import at, open_turn
from tests.reviews.signing import PASS, WORDS, above, of_the_firm

pytestmark = pytest.mark.django_db


@pytest.fixture
def plain(world):
    """One at a body with two reviewers."""
    return open_turn(drive_application(world.make_application(), "body", world))


@pytest.fixture
def turn(plain):
    """The same above the figure; what is signed takes its step at once."""
    return above(plain, rest_seconds=0)


@pytest.fixture
def rest(turn, world):
    return decide(turn, by=world.body, seen=turn.case.version, **PASS)


def test_the_desk_of_the_first(turn, world, client):
    client.force_login(world.body)
    page = client.get(turn.get_absolute_url())
    assert "通过须由同单位另一人复核签后生效" in page.content.decode()
    page = client.post(at("turn_opinion", turn), PASS | {"seen": turn.case.version}, follow=True)
    assert [rest.turn for rest in page.context["rests"]] == [turn]
    assert (list(page.context["page"]), "等待复核签" in page.content.decode()) == ([], True)
    here = client.get(turn.get_absolute_url())
    assert (b'name="verdict"' in here.content, b"rest_sign" in here.content) == (False, False)
    rest = Rest.objects.get()
    back = client.post(reverse("rest_back", args=[rest.pk]), follow=True)
    assert back.context["form"].data["text"] == WORDS


def test_the_desk_of_the_second(rest, turn, world, client):
    client.force_login(world.body_second)
    tab = client.get(reverse("turn_list"), {"tab": "sign"})
    assert (list(tab.context["page"]), f"待复核签：{world.body}" in tab.content.decode()) == ([turn], True)
    here = client.get(turn.get_absolute_url() + "?tab=sign")
    text = here.content.decode()
    assert (WORDS in text, "生效后将要发出的消息" in text, reverse("rest_sign", args=[rest.pk]) in text) == (True,) * 3
    letter = reverse("rest_letter", args=[rest.pk])
    part = client.get(letter, headers={"HX-Request": "true"}).content.decode()
    assert ("复审通过" in part, "<html" in part, "<html" in client.get(letter).content.decode()) == (True, False, True)
    stays = client.post(reverse("rest_return", args=[rest.pk]), {"text": ""})
    assert (stays.status_code, "退回时必须写明理由" in stays.content.decode()) == (409, True)
    done = client.post(reverse("rest_sign", args=[rest.pk]) + "?tab=sign", {"text": ""}, follow=True)
    assert (done.redirect_chain[-1][0], afresh(turn.case).state) == (reverse("turn_list") + "?tab=sign", "approved")


def test_next_leads_through_what_waits_for_a_second(plain, world, client):
    other = open_turn(drive_application(world.make_application(), "body", world))
    Turn.objects.filter(pk=other.pk).update(office=plain.office, amount=plain.amount)
    turn, other = above(plain, rest_seconds=0), afresh(other)
    rest, _ = (decide(row, by=world.body, **PASS) for row in (turn, other))
    client.force_login(world.body_second)
    page = client.post(reverse("rest_return", args=[rest.pk]) + "?tab=sign", {"text": "请核对。"})
    assert page.url.startswith(other.get_absolute_url())
    back = client.get(turn.get_absolute_url())
    assert (back.context["sent"].second_text, "复核退回" in back.content.decode()) == ("请核对。", True)


def test_the_message_of_what_is_over_leads_to_the_page_and_of_ones_own_unit_away(rest, turn, world, client):
    letter = reverse("rest_letter", args=[rest.pk])
    member = of_the_firm(world)
    client.force_login(member)
    assert client.get(letter).url == turn.case.get_absolute_url()
    Turn.objects.filter(pk=turn.pk).update(round=2)  # the case has moved on under it
    type(turn.case).objects.filter(pk=turn.case_id).update(version=99)
    client.force_login(world.body)
    assert "letter-problems" in client.get(letter).content.decode()
    take_back(rest, by=world.body)
    assert client.get(letter).url == turn.get_absolute_url()


def test_too_long_words_stay_on_the_page(rest, world, client):
    client.force_login(world.body_second)
    page = client.post(reverse("rest_sign", args=[rest.pk]), {"text": "长" * 1001})
    assert (page.status_code, list(page.context["second"].errors)) == (200, ["text"])


def test_a_reader_without_a_place_and_a_stranger(rest, world, client):
    client.force_login(world.municipal)
    page = client.get(rest.turn.get_absolute_url())
    assert ("可以复核签的同事" in page.content.decode(), page.context["rest"]["unsigned"]["form"]) == (True, None)
    client.force_login(world.stranger)
    for name in ("rest_sign", "rest_return"):
        assert client.post(reverse(name, args=[rest.pk])).status_code == 404
