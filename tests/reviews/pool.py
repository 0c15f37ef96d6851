"""Short words that the tests of the pool and of groups share."""

import datetime as dt

from django.utils import timezone

from notifications.models import Notice
from reviews.experts.services import declare_tie, keep_profile
from reviews.models import ExpertProfile, ExpertTie, Office, OfficeMember, PanelMember, PanelSeat
from reviews.panels import hearing, services
from tests.factories import drive_application, drive_claim, make_user
from tests.helpers import afresh
from tests.reviews.desk import open_turn


def profile_of(expert, **said):
    """What the expert says of himself."""
    return keep_profile(ExpertProfile(**{"employer": "某某样例大学", "specialties": ["materials"], **said}), by=expert)


def tie_of(expert, name="远方样例研究院", **said):
    """A tie that the expert has declared."""
    return declare_tie(ExpertTie(name=name, **{"kind": "advises", **said}), by=expert)


def expert(world, name, **said):
    """One more of the pool: his place."""
    member = OfficeMember.objects.create(
        office=world.expert_office, user=make_user(name), is_financial=said.pop("is_financial", False)
    )
    if said:
        profile_of(member.user, **said)
    return member


def more_turns(world, count, contract=6000):
    """That many further claims of small amounts that wait for experts at the world's body: their turns."""
    Office.objects.filter(pk=world.other_body_office.pk).update(is_active=False)
    made = []
    for _ in range(count):
        application = drive_application(world.make_application(contract, contract // 2), "approved", world)
        made.append(open_turn(drive_claim(world.make_claim(application, contract), "experts", world)))
    return made


def days():
    today = timezone.localdate()
    return {"reply_by": today + dt.timedelta(3), "due_on": today + dt.timedelta(10)}


def formed(world, turns, experts=None, **said):
    return services.form_group(
        turns, experts or world.experts, by=world.body, **{"name": "十二月评审组", **days(), **said}
    )


def come(group, *people):
    for member in PanelMember.objects.filter(panel=group, answer=""):
        if not people or member.expert in people:
            hearing.answer(member, by=member.expert, comes=True)
    return afresh(group)


def member_of(group, person):
    return PanelMember.objects.get(panel=group, expert=person)


def speak(group, person, word="agree", amount=None, text="理由。", only=None):
    seats = PanelSeat.objects.filter(expert=person, turn__panel_lines__panel=group, turn__closed_at=None).waiting()
    said = {"word": word, "amount": amount, "text": text}
    keys = [seat.pk for seat in seats if only is None or seat.turn in only]
    return hearing.speak(group, dict.fromkeys(keys, said), by=person)


def told(kind):
    return sorted(Notice.objects.filter(kind=kind).values_list("recipient__username", flat=True))
