"""What the pages of the desk show."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from records.models import Document
from records.people import Person
from records.steps import fetch
from reviews.claims.pages import claim_context
from reviews.course import course_of
from reviews.express import express_words
from reviews.forms import OpinionForm, PanelForm, ReplaceForm
from reviews.kinds import Dossier, correction_choices, kind_of_review, tell
from reviews.lists.scope import seats_of
from reviews.marking import NUMBERS
from reviews.models import Office, OfficeMember, Panel, PanelSeat, Turn
from reviews.offices import hands_for, no_hands
from reviews.panel import group_amount, is_unsealed, vacancies
from reviews.permissions import gives_in, objection_to
from reviews.phrases.pages import offered_at
from reviews.progress import awaited, steps_of
from reviews.questions.pages import talk_on_turn
from reviews.questions.rows import said_of
from reviews.rating import group_score, score_words
from reviews.remarks.forms import RemarkForm
from reviews.remarks.pages import remarks_of
from reviews.rounds import changed_since
from reviews.services import read_seats
from reviews.worklist import way_of, worklist

DESK = ("审核工作台", "turn_list")
TONES = {"bad": "不通过", "warn": "提醒", "todo": "待核对", "ok": "通过"}  # of what was checked, the gravest first
READ = "read as its page shows it"  # of a case's memory
LONGEST, MOST = 300, 20  # characters of what a check has found wrong, and how many of them a page sends back
NEXT = 8  # cases of the same list shown beside the one at hand


def crumbs(*here: str, way: str = "") -> list[tuple[str, str]]:
    """(label, url) from the desk to this page; way: the list's part of the address."""
    return [(DESK[0], f"{reverse(DESK[1])}{way}"), *((label, "") for label in here)]


def with_case(turn: Turn) -> Turn:
    """The turn with its case and all that the case's dossier shows, read in few queries, and once for this object."""
    if not (Turn.case.is_cached(turn) and READ in turn.case.memory):
        model: Any = turn.case_type.model_class()
        turn.case = model.objects.to_read().get(pk=turn.case_id)
        turn.case.memory[READ] = True
    return turn


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
    waits = awaited(turn.case, own=False)
    facts.append(("请在此日期前办结", f"{turn.due_on:%Y-%m-%d}" + ("（已超期）" if turn.is_overdue else "")))
    return facts + ([("答复", waits.rstrip("。"))] if waits else [])


def opinion_form(turn: Turn, dossier: Dossier, data: Mapping[str, Any] | None = None) -> OpinionForm:
    """The form of the turn's decision."""
    marks, grave = correction_choices(turn.case, dossier), grave_in(dossier.findings)
    return OpinionForm(data, case=turn.case, corrections=marks, limit=dossier.limit, grave=grave)


def grave_in(findings: Iterable[Mapping[str, Any]]) -> list[str]:
    """What the checks have found wrong, in words."""
    return [f"{line['text']} {line.get('detail', '')}".strip() for line in findings if line["tone"] == "bad"]


def posted_form(turn: Turn, data: QueryDict) -> OpinionForm:
    """The form as it was posted; of the dossier only what a mark or an amount is to be held against."""
    model: Any = turn.case_type.model_class()
    marks = bool(data.getlist("corrections")) or any(name.startswith(NUMBERS) for name in data)
    # without a mark the case is read with what the conditions of the verdicts ask for, and nothing else
    case = with_case(turn).case if marks else fetch(model(pk=turn.case_id))
    turn.case = case
    read_seats(case, turn)
    kind, dossier = kind_of_review(case), Dossier()
    if marks:
        sections, tables = kind.sections(case, own=False), kind.tables(case)
        dossier = Dossier(sections=sections, tables=tables, corrections=kind.corrections(case))
    if data.get("amount"):
        dossier = replace(dossier, limit=kind.limit(case))
    told = [{"tone": "bad", "text": words[:LONGEST], "detail": ""} for words in data.getlist("grave")[:MOST]]
    dossier = replace(dossier, findings=told)  # what the page has told; the checks are not made again
    return opinion_form(turn, dossier, data)


def typed(data: QueryDict | None) -> str:
    """The words of a decision that could not be taken, so that they are not lost."""
    return str(data.get("text", "")).strip() if data is not None else ""


def turn_context(turn: Turn, user: Person, query: QueryDict) -> dict[str, Any]:
    """Everything of the page of one turn but the decision itself; query: of the list that it was opened from."""
    case, way = turn.case, way_of(query)
    group = group_context(turn, user)  # first: the dossier reads the group that it has fetched
    dossier = tell(case, user)
    objection = no_decision(turn, user) if turn.is_open else ""
    changed = changed_since(case, dossier, user, turn.office)
    return {
        "turn": turn,
        "case": case,
        "dossier": dossier,
        "changed": changed,
        "papers": paper_tabs(dossier.documents),
        "facts": facts_of(turn),
        **findings_context(dossier),
        "steps": steps_of(case, user),
        "opinions": said_of(case),
        "objection": objection,
        "remarks": remarks_of(case),
        "remark": RemarkForm() if getattr(turn, "is_mine", True) else None,
        "crumbs": crumbs(turn.number, way=way),
        "way": way,
        "waiting": worklist(user, query).exclude(pk=turn.pk).not_held_by_others(user).not_put_aside()[:NEXT],
        **acts_context(turn, user, objection),
        "express": express_words(turn, case, dossier, changed, user) if turn.is_open and not objection else "",
        **group,
    }


def acts_context(turn: Turn, user: Person, objection: str) -> dict[str, Any]:
    """What the person may do with the turn now, and who has it; objection: why he may not decide it."""
    may = turn.is_open and not objection
    return {
        "phrases": offered_at(turn, turn.case, user) if may else [],
        "talk": (talk := talk_on_turn(turn, speaks=may)),
        "asked": any(not entry["talk"].to_firm for entry in talk["open"]),
        "claim": claim_context(turn, user, may=not objection) if turn.is_open else None,
        "stuck": stuck_context(turn, user) if objection else None,
        "may_transfer": may and turn.office.kind == Office.Kind.DISTRICT,
    }


def findings_context(dossier: Dossier) -> dict[str, Any]:
    """{findings, found}: what warns and what was checked, the gravest first; how many of each colour as (tone, label, count)."""
    warned = [{"tone": "warn", "text": warning, "detail": ""} for warning in dossier.warnings]
    findings = sorted([*warned, *dossier.findings], key=lambda line: list(TONES).index(line["tone"]))
    counts = Counter(line["tone"] for line in findings)
    return {
        "findings": findings,
        "found": [(tone, label, counts[tone]) for tone, label in TONES.items() if counts[tone]],
    }


def stuck_context(turn: Turn, user: Person) -> dict[str, str] | None:
    """{text, url} where nobody at the turn's office may decide it; url: where the reader appoints somebody, if he may."""
    if hands_at(turn):
        return None
    leads = {kind for _, kind, role in seats_of(user) if role == OfficeMember.Role.LEAD}
    return {
        "text": no_hands(turn),
        "url": turn.office.get_absolute_url() if gives_in(leads, turn.office.kind) else "",
    }


def hands_at(turn: Turn) -> list[OfficeMember]:
    """Who may decide the turn; asked once for a page."""
    if "hands" not in vars(turn):
        vars(turn)["hands"] = list(hands_for(turn, turn.case))
    hands: list[OfficeMember] = vars(turn)["hands"]
    return hands


def no_decision(turn: Turn, user: Person) -> str:
    """Why the person may not decide the turn, and which colleagues may; "" if he may."""
    if not getattr(turn, "is_mine", True):
        return f"本事项由{turn.office}办理，您可以查看，不能办理。"
    objection = objection_to(turn, turn.case, user, course_of(turn.case).turns)
    names = [str(place.user) for place in hands_at(turn)] if objection else []
    return f"{objection}可以办理的同事：{'、'.join(names)}。" if names else objection


def paper_tabs(documents: list[Document]) -> list[dict[str, Any]]:
    """The papers as tabs of the page, so that a look at another one loses nothing that is being typed."""
    return [
        {
            "label": document.purpose or document.name,
            "url": f"#paper-{number}",
            "id": f"paper-{number}",
            "document": document,
        }
        for number, document in enumerate(documents, start=1)
    ]


def group_context(turn: Turn, user: Person) -> dict[str, Any]:
    """The expert group of the turn: who sits in it, how many have spoken, and the words once all are in."""
    if not turn.row.panel:
        return {"group": None}
    prefetch_related_objects([turn], Prefetch("seats", PanelSeat.objects.select_related("expert")))
    if turn.is_open:
        turn.case.hearing = turn
    shown = seats_shown(turn)
    panel = None if shown["seats"] or not turn.is_open else group_that_asks(turn)
    return {"group": shown | seats_offered(turn, user, asked=panel is not None) | {"panel": panel}}


def group_that_asks(turn: Turn) -> Panel | None:
    """The group for many cases that is being asked to hear this one, too."""
    line = turn.panel_lines.filter(is_out=False).select_related("panel").first()
    return line.panel if line else None


def seats_shown(turn: Turn) -> dict[str, Any]:
    """The seats, and the words once all are in."""
    seats = list(turn.seats.all())
    active = [seat for seat in seats if seat.recused_at is None]
    unsealed = is_unsealed(turn)
    return {
        "seats": active,
        "recused": [seat for seat in seats if seat.recused_at],
        "unsealed": unsealed,
        "spoken": sum(seat.given_at is not None for seat in active),
        "suggestion": group_amount(turn) if unsealed else None,
        "score": score_words(group_score(turn)) if unsealed else "",
    }


def seats_offered(turn: Turn, user: Person, *, asked: bool) -> dict[str, Any]:
    """The forms with which the person seats experts now: a whole group, or one in the place of another.

    asked: whether a group for many cases is being asked.
    """
    seats, may_seat = list(turn.seats.all()), turn.is_open and not turn.case.has_member(user)
    return {
        "form": PanelForm(turn=turn) if may_seat and not seats and not asked else None,
        "replace": ReplaceForm(turn=turn) if may_seat and vacancies(seats) else None,
    }
