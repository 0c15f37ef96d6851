"""Who may take a turn into his hands, and whom a decision of a colleague has to wait for."""

from collections.abc import Iterable

from django.db.models import Count

from policy.models import PolicyVersion
from records.people import Person
from records.rules import RuleBroken
from reviews.models import ReviewedCase, Turn, TurnClaim
from reviews.permissions import objection_to

TAKE_OVER = "要由您办理的，请先点“接手”；您填写的内容还在页面上。"
NOT_YOURS = "R-HANDS", "本环节不在您所在的单位办理，不能认领、接手、转交或搁置。"


def claim_of(turn: Turn) -> TurnClaim | None:
    """Who has the turn now; None where nobody has, or the lease has run out."""
    claim: TurnClaim | None = getattr(turn, "claim", None)
    return claim if claim is not None and claim.is_alive else None


def held_elsewhere(turn: Turn, user: Person) -> TurnClaim | None:
    """The claim of somebody else on the turn; None where it is free or the person's own."""
    claim = claim_of(turn)
    return claim if claim is not None and claim.person_id != user.pk else None


def check_free_for(turn: Turn, user: Person) -> None:
    """Raise RuleBroken, with who has it since when, where a colleague has the turn."""
    claim = held_elsewhere(turn, user)
    if claim is not None:
        raise RuleBroken("R-HELD", f"{claim.words}。{TAKE_OVER}")


def check_hands(turn: Turn, case: ReviewedCase, user: Person) -> None:
    """Raise RuleBroken unless the person may decide the turn: at its office today, a stand-in too, and with no objection."""
    if not turn.office.memberships.at_work().filter(user=user).exists():
        raise RuleBroken(*NOT_YOURS)
    objection = objection_to(turn, case, user)
    if objection:
        raise RuleBroken("R-REL", objection)


def check_room(person: Person) -> None:
    """Raise RuleBroken where the person has as many turns given to him as the policy allows (ADR 0151)."""
    most = PolicyVersion.objects.remembered().share_most
    if kept_by([person.pk])[person.pk] >= most:
        raise RuleBroken("R-MANY", f"{person}名下分派或转交的事项已满 {most} 件，请交给其他同事。")


def kept_by(people: Iterable[int]) -> dict[int, int]:
    """How many turns were given to each of these people and are still his."""
    rows = TurnClaim.objects.filter(person__in=people, is_kept=True).order_by().values("person")
    return dict.fromkeys(people, 0) | dict(rows.annotate(number=Count("pk")).values_list("person", "number"))
