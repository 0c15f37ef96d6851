"""News of a group: to those whom it asks, and to the office that formed it."""

from collections.abc import Sequence
from dataclasses import dataclass

from notifications.kinds import Kind
from notifications.matters import EXPERTS, WORK
from records.people import Person
from reviews.experts.conflicts import cases_of, insiders_of
from reviews.models import Panel, Turn
from reviews.notices import people_at


@dataclass(frozen=True)
class Call:
    """What a group tells some of its experts; it leads to the page that is theirs."""

    panel: Panel
    people: Sequence[Person]

    def get_absolute_url(self) -> str:
        """Where the experts work."""
        return self.panel.get_hearing_url()


def called(call: Call) -> Sequence[Person]:
    """The experts whom it is about."""
    return call.people


def deciding(panel: Panel) -> list[Person]:
    """The people of the office, without those near to a case: who its experts are is not theirs to know."""
    cases = cases_of(list(Turn.objects.filter(panel_lines__panel=panel)))
    people = people_at(panel.office)
    near = insiders_of(cases, [person.pk for person in people])
    return [person for person in people if person.pk not in near]


REPLY_DUE = Kind("panel_reply_due", called, matter=EXPERTS)
INVITED = Kind("panel_invited", called, matter=EXPERTS)
BEGUN = Kind("panel_begun", called, matter=EXPERTS)
CALLED_OFF = Kind("panel_called_off", called, matter=WORK)
COMPLETE = Kind("panel_complete", deciding, matter=WORK)
DECLINED = Kind("panel_declined", deciding, matter=WORK)
HEARD = Kind("panel_heard", deciding, matter=WORK)
