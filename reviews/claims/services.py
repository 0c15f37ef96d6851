"""What several people at one office do with a turn: claim, release, take over, hand over, put aside (docs/adr/0137)."""

import datetime as dt

from django.utils import timezone

from notifications.services import notify
from policy.calendar import SHANGHAI
from policy.models import PolicyVersion
from policy.working_days import add_working_days, is_working_day
from records.doors import door
from records.locks import hold_row
from records.people import Person
from records.rules import RuleBroken, StaleCase
from records.steps import write
from reviews.claims.permissions import check_free_for, check_hands, check_room, claim_of, held_elsewhere
from reviews.models import Turn, TurnClaim
from reviews.notices import HANDED_OVER, TAKEN_OVER
from reviews.offices import hands_for
from reviews.services import check_at_rest, hold_turn, with_rests
from reviews.stand_ins import signature

NEEDS_NOTE = "R-WORDS", "交给同事时请写一句说明，同事打开事项时会看到。"
NEEDS_GROUNDS = "R-WORDS", "搁置时请写明在等什么，同事会看到，申请单位看不到。"
NO_COLLEAGUE = "R-HANDS", "只能交给本单位在岗、可以办理本环节的其他同事，请更换人选。"


def lease_end() -> dt.datetime:
    """When a claim runs out of which no sign of life comes from now on."""
    return timezone.now() + dt.timedelta(minutes=PolicyVersion.objects.remembered().lease_minutes)


@door
def claim(turn: Turn, *, by: Person) -> TurnClaim:
    """Take the turn, or tell that one is still at it; nothing is noted. Raises RuleBroken where a colleague has it, or StaleCase."""
    turn = hold_row(with_rests(Turn.objects.select_related("office", "claim__person")), turn.pk)
    if not turn.is_open:
        raise StaleCase
    check_at_rest(turn)
    check_free_for(turn, by)
    own = claim_of(turn)
    if own is None:
        check_hands(turn, turn.case, by)
        return give(turn, by)
    if not (own.is_kept or own.is_aside):
        own.alive_until = lease_end()
        own.save(update_fields=["alive_until"])
    return own


def give(
    turn: Turn, person: Person, *, by: Person | None = None, note: str = "", since: dt.datetime | None = None
) -> TurnClaim:
    """Let the person have the held turn; by: who gives it to him, so that it is kept."""
    before: TurnClaim | None = getattr(turn, "claim", None)
    run_out = before is not None and not before.is_alive and before.person_id != person.pk
    claim = TurnClaim(
        pk=before.pk if before else None,
        earlier=before.person if before and run_out else None,
        turn=turn,
        person=person,
        since=since or timezone.now(),
        alive_until=lease_end(),
        is_kept=by is not None,
        given_by=by,
        note=note,
    )
    claim.save()
    return claim


@door
def release(turn: Turn, *, by: Person) -> bool:
    """Give the turn back to the office; False where the person has it not. Of one that was given to him the trail is told."""
    case, turn = hold_turn(turn, by=by)
    own = claim_of(turn)
    if own is None or own.person_id != by.pk or own.is_aside:
        return False
    own.delete()
    if own.is_kept:
        write(case, "released", by=by, text=f"{by}放开了{turn.stage}", office=signature(turn))
    return True


@door
def leave(turn: Turn, *, by: Person) -> None:
    """Let go of a lease, where the person goes on to another case; what is kept, or put aside, stays his."""
    TurnClaim.objects.filter(turn=turn, person=by, is_kept=False, aside_until=None).delete()


@door
def take_over(turn: Turn, *, by: Person) -> TurnClaim:
    """Take the turn from a colleague, who is told; one that is free or one's own is just claimed."""
    case, turn = hold_turn(turn, by=by)
    check_hands(turn, case, by)
    before = held_elsewhere(turn, by)
    if before is None:
        return claim_of(turn) or give(turn, by)
    taken = give(turn, by)
    write(case, "taken_over", by=by, text=f"{by}从{before.person}接手{turn.stage}", office=signature(turn))
    notify(TAKEN_OVER, before, by=str(by))
    return taken


@door
def hand_over(turn: Turn, person: Person, *, note: str, by: Person) -> TurnClaim:
    """Give the turn to a colleague who may decide it, with words; he keeps it until he releases it, and is told."""
    case, turn = hold_turn(turn, by=by)
    check_free_for(turn, by)
    check_hands(turn, case, by)
    if not note.strip():
        raise RuleBroken(*NEEDS_NOTE)
    if person.pk == by.pk or not hands_for(turn, case).filter(user=person).exists():
        raise RuleBroken(*NO_COLLEAGUE)
    check_room(person)
    given = give(turn, person, by=by, note=note.strip())
    words = f"{by}将{turn.stage}交给{person}：{note.strip()}"
    write(case, "handed_over", by=by, text=words, office=signature(turn))
    notify(HANDED_OVER, given)
    return given


@door
def put_aside(turn: Turn, until: dt.date, *, words: str, by: Person) -> TurnClaim:
    """Keep the turn out of the inbox until a working day comes, with what it waits for; the promised day stays as it is."""
    case, turn = hold_turn(turn, by=by)
    check_free_for(turn, by)
    check_hands(turn, case, by)
    if not words.strip():
        raise RuleBroken(*NEEDS_GROUNDS)
    check_day(until)
    kept = claim_of(turn) or give(turn, by)
    kept.aside_until, kept.aside_words = until, words.strip()
    kept.alive_until = dt.datetime.combine(until, dt.time(), SHANGHAI)
    kept.save()
    told = f"{by}将{turn.stage}搁置至 {until:%Y-%m-%d}：{kept.aside_words}"
    write(case, "put_aside", by=by, text=told, office=signature(turn))
    return kept


def check_day(until: dt.date) -> None:
    """Raise RuleBroken unless the offices work on the day, it lies ahead, and not further than the policy allows."""
    today, most = timezone.localdate(), PolicyVersion.objects.remembered().aside_days
    last = add_working_days(today, most)
    if not today < until <= last:
        raise RuleBroken("R-DATE", f"最多可以搁置 {most} 个工作日，请选择明天至 {last:%Y-%m-%d} 之间的日期。")
    if not is_working_day(until):
        following = add_working_days(until, 1)
        raise RuleBroken("R-DATE", f"{until:%Y-%m-%d} 不是工作日，请选择工作日，例如 {following:%Y-%m-%d}。")


@door
def take_up(turn: Turn, *, by: Person) -> TurnClaim | None:
    """Bring a turn back that the person has put aside; None where he has not."""
    case, turn = hold_turn(turn, by=by)
    check_free_for(turn, by)
    own = claim_of(turn)
    if own is None or not own.is_aside:
        return None
    own.aside_until, own.aside_words, own.alive_until = None, "", lease_end()
    own.save()
    write(case, "taken_up", by=by, text=f"{by}取消了{turn.stage}的搁置", office=signature(turn))
    return own
