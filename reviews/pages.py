"""What the pages of the desk show."""

import hashlib
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone

from policy.calendar import add_working_days
from reviews.dossiers import mark_choices, tell
from reviews.forms import OpinionForm, PanelForm, ReplaceForm
from reviews.models import Office, Turn, Verdict
from reviews.panel import is_unsealed
from reviews.permissions import objection_to
from reviews.progress import mark_labels, opinions_of, steps_of
from reviews.reasons import Reason

DESK = ("审核工作台", "turn_list")
NEXT = 8  # cases of the own inbox shown beside the one at hand


def crumbs(*here: str) -> list[tuple[str, str]]:
    """(label, url) from the desk to this page."""
    return [(DESK[0], reverse(DESK[1])), *((label, "") for label in here)]


def facts_of(turn: Turn) -> list[tuple[str, str]]:
    """[(label, value)] of the turn for components/case_header.html."""
    arrived = timezone.localtime(turn.opened_at)
    facts = [
        ("环节", f"{turn.stage}（第 {turn.round} 轮）"),
        ("审核单位", turn.office.name),
        ("到达", f"{arrived:%Y-%m-%d %H:%M}"),
    ]
    if turn.closed_at:
        return [*facts, ("办结", f"{timezone.localtime(turn.closed_at):%Y-%m-%d %H:%M}")]
    return [*facts, ("请在此日期前办结", f"{turn.due_on:%Y-%m-%d}" + ("（已超期）" if turn.is_overdue else ""))]


def opinion_form(turn: Turn, dossier: dict[str, Any], data: Any = None) -> OpinionForm:
    """The form of the turn's decision."""
    return OpinionForm(data, case=turn.case, marks=mark_choices(turn.case, dossier), limit=dossier.get("limit"))


def turn_context(turn: Turn, user: Any, *, paper: str = "") -> dict[str, Any]:
    """Everything of the page of one turn but the decision itself."""
    case = turn.case
    dossier = tell(case, user)
    documents = dossier["documents"]
    chosen = next(
        (document for document in documents if str(document.pk) == paper), documents[0] if documents else None
    )
    objection = objection_to(turn, case, user) if turn.is_open else ""
    return {
        "turn": turn, "case": case, "dossier": dossier, "documents": documents, "paper": chosen,
        "facts": facts_of(turn), "steps": steps_of(case, user), "opinions": opinions_of(case), "objection": objection,
        "crumbs": crumbs(turn.title), "waiting": inbox(user).exclude(pk=turn.pk)[:NEXT],
        "may_transfer": turn.is_open and turn.office.kind == Office.Kind.DISTRICT and not objection,
        **group_context(turn),
    }  # fmt: skip


def inbox(user: Any) -> Any:
    """The open turns of the person's offices, the most urgent first."""
    return Turn.objects.visible_to(user).open().select_related("office").order_by("due_on", "pk")


def group_context(turn: Turn) -> dict[str, Any]:
    """The expert group of the turn: who sits in it, how many have spoken, and the words once all are in."""
    if turn.state not in turn.case.PANEL:
        return {"group": None}
    seats = list(turn.seats.select_related("expert").order_by("pk"))
    active = [seat for seat in seats if seat.recused_at is None]
    unsealed = is_unsealed(turn)
    return {
        "group": {
            "seats": active, "recused": [seat for seat in seats if seat.recused_at], "unsealed": unsealed,
            "spoken": sum(seat.given_at is not None for seat in active), "suggestion": suggestion(active) if unsealed else None,
            "form": PanelForm(turn=turn) if turn.is_open and not seats else None,
            "replace": ReplaceForm(turn=turn) if turn.is_open and turn.seats.vacant().exists() else None,
        }
    }  # fmt: skip


def suggestion(seats: list[Any]) -> Decimal:
    """The median of the amounts that the experts named, in yuan: half of an odd group goes as far."""
    amounts = sorted(seat.amount for seat in seats)
    return amounts[len(amounts) // 2]


def letter_of(turn: Turn, said: dict[str, Any]) -> str:
    """The message that goes out with the verdict, as the applicant will read it."""
    verdict = Verdict(said["verdict"])
    lines = [f"{turn.office.name}（{turn.stage}）：{verdict.label}", f"事项：{turn.title}（{turn.number}）"]
    if said.get("reason"):
        lines.append(f"原因：{Reason(said['reason']).label}")
    if said.get("text"):
        lines.append(f"意见：{said['text']}")
    if said.get("amount") is not None:
        lines.append(f"核定金额：{said['amount']:,.2f} 元")
    if said.get("marks") and verdict == Verdict.RETURN:
        lines.append(f"请修改：{'、'.join(mark_labels(turn.case, said['marks']))}")
    deadline = deadline_of(turn, verdict)
    return "\n".join([*lines, *([deadline] if deadline else [])])


def deadline_of(turn: Turn, verdict: Verdict) -> str:
    """Until when the applicant has to act, by the case's policy version."""
    policy = getattr(turn.case, "policy", None)
    days = {Verdict.RETURN: "correction_days", Verdict.FORM_RETURN: "form_deadline_days"}.get(verdict)
    if policy is None or days is None:
        return ""
    return f"请在 {add_working_days(timezone.localdate(), getattr(policy, days)):%Y-%m-%d} 前修改并重新提交，逾期自动结束。"


def fingerprint(letter: str) -> str:
    """Tells whether the message that was shown is the one that goes out."""
    return hashlib.sha256(letter.encode()).hexdigest()[:16]
