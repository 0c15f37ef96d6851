"""Where a case stands on its straight way, read from its turns and its events."""

import datetime as dt
from functools import cached_property

from django.utils import timezone

from policy.working_days import SHOWN, working_days_of
from records.models import Case, Event
from reviews.models import APPEAL, ReviewedCase, Turn
from reviews.pace.querysets import with_usual


class Course:
    """What a case's turns and events tell; three queries, once per version of the case."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.of = (case.version, case.state)
        self.reviewed = case if isinstance(case, ReviewedCase) else None
        self.line = [str(state) for state, _ in case.LINE]

    @cached_property
    def turns(self) -> list[Turn]:
        """Every turn in the order of arrival, with office and opinions."""
        if self.reviewed is None or self.case.pk is None:
            return []
        turns = with_usual(self.reviewed.turns.select_related("office"))
        return list(turns.prefetch_related("opinions").order_by("pk"))

    @cached_property
    def moves(self) -> list[Event]:
        """The events that moved the case, oldest first."""
        lines = self.case.events.select_related("receipt").defer("receipt__content")
        events = lines.order_by("sequence") if self.case.pk else ()
        return [event for event in events if event.to_state]

    @cached_property
    def open_turn(self) -> Turn | None:
        """The turn that lies at an office now."""
        return next((turn for turn in self.turns if turn.is_open), None)

    @cached_property
    def used_days(self) -> dict[int, int]:
        """Working days that each turn has taken so far; of one that has ended as they were kept."""
        counted = [turn for turn in self.turns if turn.used_days is None]
        open_spans = ((turn.opened_at, turn.closed_at or timezone.now()) for turn in counted)
        spans = working_days_of(open_spans, SHOWN.days() if counted else {})
        fresh = {turn.pk: days for turn, days in zip(counted, spans, strict=True)}
        return fresh | {turn.pk: turn.used_days for turn in self.turns if turn.used_days is not None}

    @cached_property
    def origin(self) -> str:
        """The station of the line where the case is, or was when it left the line."""
        if self.case.state in self.line:
            return str(self.case.state)
        if self.case.standing.editable and not self.case.standing.returned:
            return self.line[0]
        for move in reversed(self.moves):
            if move.from_state in self.line:
                return str(move.from_state)
        return self.turns[-1].state if self.turns else self.line[0]

    @property
    def at(self) -> int:
        """The index of the station at which the line stands."""
        station = self.line.index(self.origin)
        passed = self.case.STATES[self.origin].tone == "done" or self.reviewed is None
        stands_on_it = str(self.case.state) == self.origin or self.is_appeal
        return station if stands_on_it or not passed else min(station + 1, len(self.line) - 1)

    @property
    def is_appeal(self) -> bool:
        """Whether the last decision is looked at once more: the case stands where it was decided."""
        return bool(self.case.state == APPEAL)

    def last_turn(self, state: str) -> Turn | None:
        """The latest turn in the state."""
        return next((turn for turn in reversed(self.turns) if turn.state == state), None)

    def reached(self, state: str) -> dt.datetime | None:
        """When the case last came into the state."""
        return next((move.at for move in reversed(self.moves) if move.to_state == state), None)

    def left(self, state: str) -> dt.datetime | None:
        """When the case last moved out of the state."""
        return next((move.at for move in reversed(self.moves) if move.from_state == state), None)


def course_of(case: Case) -> Course:
    """The case's course, read once for each version of it."""
    course = case.memory.get("course")
    if not isinstance(course, Course) or course.of != (case.version, case.state):
        course = case.memory["course"] = Course(case)
    return course
