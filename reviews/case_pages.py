"""What the page of a case shows of any machine: facts, steps, opinions, dossier, tabs, and the ends that can be chosen."""

from dataclasses import replace
from typing import Any

from django.http import Http404
from django.urls import reverse

from records.people import Person
from records.steps import may_take
from reviews.kinds import Ending, kind_of_review, tell
from reviews.models import ReviewedCase
from reviews.pace.pages import pace_of
from reviews.progress import OpinionRow, header_of, labels_of, open_return, opinions_of, steps_of
from reviews.questions.pages import talk_on_case
from reviews.questions.rows import said_of
from reviews.receipts import receipts_of


def ending_of(case: ReviewedCase, step: str) -> Ending:
    """How the applicant is asked about the step; 404 for one that he does not take."""
    endings = kind_of_review(case).endings
    if step not in endings:
        raise Http404
    return endings[step]


def last_return(case: ReviewedCase) -> OpinionRow | None:
    """The words with which a case was sent back, while it lies with the applicant; None otherwise."""
    if case.tone != "yours":
        return None
    opinions = opinions_of(case)
    return replace(opinions[-1], marks=marks_of(case)) if opinions and not opinions[-1].passed else None


def last_refusal(case: ReviewedCase) -> OpinionRow | None:
    """The words with which a case was refused, while that stands; None otherwise."""
    if case.tone != "refused":
        return None
    return next((row for row in reversed(opinions_of(case)) if not row.passed), None)


def marks_of(case: ReviewedCase) -> tuple[tuple[str, str], ...]:
    """(label, where it is corrected) of everything that the return has marked, in the order of the marks."""
    opinion, kind = open_return(case), kind_of_review(case)
    if opinion is None:
        return ()
    places = map(kind.place_of_mark, opinion.corrections)
    return tuple(zip(labels_of(case, opinion), places, strict=True))


def case_context(case: ReviewedCase, user: Person) -> dict[str, Any]:
    """What the page of a case shows of any machine: facts, steps, opinions, dossier and tabs."""
    opinions, dossier = said_of(case), tell(case, user)
    return {
        "facts": header_of(case, user).facts,
        "steps": steps_of(case, user),
        "pace": pace_of(case, user),
        "opinions": opinions,
        "dossier": dossier,
        "returned": last_return(case),
        "refused": last_refusal(case),
        "talk": talk_on_case(case, user),
        "receipts": receipts_of(case),
        "tabs": tabs_of(len(dossier.documents), len(opinions)),
    }


def tabs_of(papers: int, opinions: int) -> list[dict[str, Any]]:
    """内容 · 材料 · 审核意见 · 进度; without script jumps to the parts of the page."""
    names = (
        ("内容", "details", 0),
        ("材料", "papers", papers),
        ("审核意见", "opinions", opinions),
        ("进度", "progress", 0),
    )
    return [{"label": label, "url": f"#{part}", "count": count} for label, part, count in names]


def endings_of(case: ReviewedCase, user: Person, url_name: str) -> list[dict[str, Any]]:
    """The ends that the person can choose now, each with the address that asks and acts."""
    return [
        {"ending": ending, "url": reverse(url_name, args=[case.number, step]), "id": f"end-{step}"}
        for step, ending in kind_of_review(case).endings.items()
        if may_take(case, step, user)
    ]


def ending_acts(endings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The ends as acts of components/case_header.html: each opens its dialog, without script its page."""
    return [{"label": end["ending"].title, "url": end["url"], "dialog": end["id"]} for end in endings]
