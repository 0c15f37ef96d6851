"""Who hears what when a case of a unit moves: the unit of every move, the office when the case arrives."""

from collections.abc import Collection

from accounts.cases.models import UnitCase
from notifications.kinds import Kind
from notifications.matters import ARRIVALS, PROGRESS, VERDICTS, Matter
from reviews.notices import applicants, office_in_turn


def on_moves(model: type[UnitCase], *, quiet: Collection[str] = ()) -> dict[str, tuple[Kind, ...]]:
    """State → its notices, for every state beyond the drafts; the words are `<pages>_<state>` and `<pages>_arrived`.

    quiet: the states that send no mail.
    """
    arrived = Kind(f"{model.PAGES}_arrived", office_in_turn, matter=ARRIVALS)
    return {
        state: (
            Kind(
                f"{model.PAGES}_{state}",
                applicants,
                by_mail=state not in quiet,
                by_text=True,
                encloses=True,
                matter=matter_of(model, state),
            ),
            *((arrived,) if state in model.TURN else ()),
        )
        for state in model.STATES
        if state not in model.DRAFTS
    }


def matter_of(model: type[UnitCase], state: str) -> Matter:
    """The case goes on at an office, or something was decided that starts a deadline or ends it."""
    return PROGRESS if state in model.TURN else VERDICTS
