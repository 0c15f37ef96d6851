"""Which words of the review desk decide about money (domain.md §4): asked by whoever guards them."""

from collections.abc import Mapping

from records.states import S
from reviews.models import BulkDecision, Office, Turn, Verdict


def decides_money(name: str, pk: int | None, data: Mapping[str, str]) -> bool:
    """Whether a POST to the address of this name is an expert's word, or a body's that settles an amount.

    Those are 复审通过, 形式审查通过 and the recorded result of an expert group; a message that is looked at is none yet.
    """
    if name in {"seat_word", "hearing_words"}:
        return True
    if name == "bulk_start" and pk is not None:
        chosen = BulkDecision.objects.filter(pk=pk).select_related("case_type").first()
        return chosen is not None and settles_amount(chosen.row, data.get("verdict", ""))
    if name != "turn_opinion" or pk is None:
        return False
    turn = Turn.objects.filter(pk=pk, office__kind=Office.Kind.BODY).select_related("case_type").first()
    return turn is not None and settles_amount(turn.row, data.get("verdict", ""))


def settles_amount(stage: S, verdict: str) -> bool:
    """Whether a body's verdict in this state says how much is paid: what it passes, and what a group has refused."""
    return stage.office == Office.Kind.BODY and (verdict == Verdict.PASS or (stage.panel and verdict == Verdict.REJECT))
