"""News for a colleague who has opened a case that somebody else has decided meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass

from notifications.kinds import Kind
from notifications.matters import WORK
from notifications.services import notify
from records.people import Person
from reviews.models import Opinion, Turn, TurnClaim


@dataclass(frozen=True)
class Decided:
    """A turn that is decided, and whoever may still have it open."""

    turn: Turn
    people: Sequence[Person]

    def get_absolute_url(self) -> str:
        """Where the decision is read."""
        return self.turn.get_absolute_url()


def openers(decided: Decided) -> list[Person]:
    """The colleagues who had opened the case, as far as they are still at work at its office."""
    places = decided.turn.office.memberships.at_work().filter(user__in=decided.people)
    return [place.user for place in places.select_related("user")]


DECIDED = Kind("turn_decided", openers, by_mail=False, matter=WORK)


def tell_decided(claim: TurnClaim, opinion: Opinion) -> None:
    """Tell whoever has, or had last, opened the turn, but for those who have decided and signed."""
    authors = {opinion.reviewer_id, opinion.second_id}
    people = [person for person in claim.people if person.pk not in authors]
    if people:
        notify(DECIDED, Decided(opinion.turn, people), by=str(opinion.reviewer), result=opinion.result)
