"""What the experts as a group have said of each case: majority and median, for the office; and the news of it to them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from notifications.kinds import Kind
from notifications.matters import WORK
from notifications.services import notify
from records.people import Person
from reviews.models import ExpertWord, Opinion, Panel, PanelCase, PanelSeat, Turn
from reviews.panel import group_amount, is_group_for
from reviews.panels.notices import Call, called
from reviews.rating import group_score


@dataclass(frozen=True)
class Result:
    """One case of a group; what the words come to is empty while they are sealed for the reader. amount: yuan."""

    turn: Turn
    seated: int
    spoken: int
    is_heard: bool = False
    words: Sequence[tuple[str, int]] = ()  # 同意, 核减, 不同意, and how many said so
    amount: Decimal | None = None
    is_for: bool = False
    score: Decimal | None = None  # 0 to 100, where the policy has a rubric


@dataclass(frozen=True)
class Told:
    """A case that was heard by itself; its experts are led to their list."""

    turn: Turn

    def get_absolute_url(self) -> str:
        """The list of what they have heard."""
        return reverse("seat_list")


def heard_in(told: Told) -> list[Person]:
    """The experts who have given their word on the turn."""
    return [seat.expert for seat in told.turn.seats.all() if seat.given_at is not None]


RESULT = Kind("group_result", heard_in, matter=WORK)
RESULTS = Kind("panel_result", called, matter=WORK)


def results_of(panel: Panel, user: Person) -> list[Result]:
    """The cases of the group as the person may read them; three questions."""
    seats = PanelSeat.objects.select_related("expert").order_by("pk")
    lines: QuerySet[PanelCase] = panel.lines.select_related("turn__office", "turn__case_type")
    turns = [line.turn for line in lines.prefetch_related(Prefetch("turn__seats", seats))]
    readable = PanelSeat.objects.words_visible_to(user).filter(turn__in=turns).exclude(expert=user)
    known = set(readable.values_list("pk", flat=True))
    return [result_of(turn, known) for turn in turns]


def result_of(turn: Turn, known: set[int]) -> Result:
    """One case; known: the seats whose words its reader may read."""
    active = [seat for seat in turn.seats.all() if seat.recused_at is None]
    spoken = sum(seat.given_at is not None for seat in active)
    if not active or any(seat.pk not in known for seat in active):
        return Result(turn, len(active), spoken)
    counts = Counter(seat.word for seat in active)
    words = [(str(word.label), counts[word]) for word in ExpertWord]
    return Result(turn, len(active), spoken, True, words, group_amount(turn), is_group_for(turn), group_score(turn))


def tell_experts(turn: Turn, opinion: Opinion) -> None:
    """Tell those who have spoken what came of it: of a group for many cases once, when the last of them is decided."""
    line = PanelCase.objects.filter(turn=turn, is_out=False).select_related("panel").first()
    if line is None:
        notify(RESULT, Told(turn), opinion=opinion)
    elif not line.panel.lines.filter(turn__closed_at=None).exists():
        members = line.panel.members.filter(answer="accepted").select_related("expert")
        people, lines = [member.expert for member in members], line.panel.lines.select_related("turn__case_type")
        notify(RESULTS, Call(line.panel, people), turns=[one.turn for one in lines])
