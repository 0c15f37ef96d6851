from decimal import Decimal

import pytest
from django.utils import timezone

from notifications.models import Delivery, Notice
from records.models import Event
from reviews.rehearsal import LATER, rehearse
from reviews.services import give_opinion
from tests.factories import drive_application, drive_claim
from tests.helpers import afresh, refused
from tests.reviews.desk import open_turn

RETURN = {"verdict": "send_back", "text": "请补充检测报告。", "marks": ["content"]}


def test_a_rehearsal_shows_the_very_message_and_leaves_nothing(world, application):
    turn, kept = open_turn(application), (Notice, Delivery, Event)
    before = [model.objects.count() for model in kept]
    letter = rehearse(turn, by=world.district, **RETURN)
    assert (afresh(application).state, afresh(turn).is_open, turn.opinions.count()) == ("district", True, 0)
    assert [model.objects.count() for model in kept] == before
    give_opinion(turn, by=world.district, **RETURN)
    sent = world.applicant.notices.order_by("-pk").first()
    assert letter == f"{sent.subject}\n\n{sent.body}"


def test_a_rehearsal_sends_no_mail(world, application, mailoutbox, django_capture_on_commit_callbacks):
    world.applicant.email, world.applicant.email_verified_at = "applicant@example.com", timezone.now()
    world.applicant.save()
    with django_capture_on_commit_callbacks(execute=True):
        rehearse(open_turn(application), by=world.district, **RETURN)
    assert mailoutbox == []


def test_a_rehearsal_hides_the_numbers_that_only_the_verdict_gives_out(world):
    application = drive_application(world.make_application(), "body", world)
    letter = rehearse(open_turn(application), by=world.body, verdict="pass_review", amount=Decimal(40_000))
    assert LATER in letter
    assert application.number in letter
    assert "CXQ" not in letter


def test_a_rehearsed_acceptance_freezes_nothing(world):
    claim = drive_claim(world.make_claim(), "formal", world)
    assert "市级受理" in rehearse(open_turn(claim), by=world.body, verdict="pass_review")
    assert (afresh(claim).state, afresh(claim).form_number, afresh(claim).form_content) == ("formal", None, None)


@pytest.mark.parametrize(
    ("said", "code"),
    [({"amount": Decimal(60_000)}, "R-SUM"), ({"seen": 0}, "R-STALE"), ({"verdict": "send_back"}, "R-WORDS")],
)
def test_a_rehearsal_refuses_as_the_verdict_would(world, said, code):
    application = drive_application(world.make_application(), "body", world)
    with refused(code):
        rehearse(open_turn(application), by=world.body, **{"verdict": "pass_review", **said})
