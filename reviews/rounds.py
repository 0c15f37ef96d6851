"""What a mended case holds otherwise than before, round by round, and what of it was read already."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

from records.models import Document
from records.people import Person
from reviews.comparing import Change, Comparison, Marked, answers_of
from reviews.course import course_of
from reviews.kinds import Dossier
from reviews.models import Office, Opinion, ReviewedCase, SubmissionReceipt
from reviews.progress import labels_of
from reviews.questions.reading import talk_of
from reviews.receipts import Content, plain

NOTHING_ELSE = "除要求修改的内容外，没有其他修改。"
SHOWN = 60  # changes of one round


@dataclass(frozen=True)
class Round:
    """What one submission holds otherwise than the one before it."""

    number: int
    at: dt.datetime
    found: list[Change]
    is_read: bool  # whether the reader or his office has spoken since

    @property
    def changes(self) -> list[Change]:
        """Those that are shown; what nobody asked for stands first."""
        return self.found[:SHOWN]

    @property
    def others(self) -> int:
        """How many are not shown."""
        return len(self.found) - len(self.changes)

    @property
    def unasked(self) -> list[Change]:
        """What the return had not asked for."""
        return [change for change in self.found if not change.is_asked]


@dataclass(frozen=True)
class Changed:
    """All rounds, the latest first, and what the reader has read before."""

    rounds: list[Round]
    read_at: dt.datetime | None = None  # the last word of the reader or his office
    by_reader: bool = False  # whether it was his own
    unchanged: int = 0  # answers, rows and papers that stand as they stood then

    @property
    def nothing_else(self) -> str:
        """What is said where the latest round holds nothing that was not asked for."""
        return "" if self.rounds[0].unasked else NOTHING_ELSE


def changed_since(
    case: ReviewedCase, dossier: Dossier, reader: Person | None = None, office: Office | None = None
) -> Changed | None:
    """For templates/reviews/changed.html; None in a first round.

    dossier: as the reader sees the case; a value that he does not read whole is shown in none of its forms.
    office: for which he reads it.
    """
    receipts = [line.receipt for line in course_of(case).moves if line.step == "submit" and hasattr(line, "receipt")]
    if not receipts[1:]:
        return None
    kept = dict(SubmissionReceipt.objects.filter(pk__in=[one.pk for one in receipts]).values_list("pk", "content"))
    told = told_by(dossier, kept[receipts[-1].pk])
    word = last_word(case, reader, office)
    rounds = [
        Round(
            number,
            after.event.at,
            Comparison(kept[before.pk], kept[after.pk], marked_between(case, before, after), *told).changes(),
            is_read=word is not None and after.event.at < word.at,
        )
        for number, (before, after) in enumerate(pairwise(receipts), start=2)
    ]
    rounds.reverse()
    if word is None:
        return Changed(rounds)
    fresh = sum(len(one.found) for one in rounds if not one.is_read)
    return Changed(
        rounds, word.at, word.reviewer_id == getattr(reader, "pk", None), size_of(kept[receipts[-1].pk]) - fresh
    )


def told_by(
    dossier: Dossier, latest: Content
) -> tuple[Collection[tuple[str, str]], dict[str, list[str]], Collection[str]]:
    """(answers that the reader does not see whole, heads of the lists, purposes of the papers)."""
    shown = {(title, row.label): row.value for title, rows in dossier.sections for row in rows}
    papers = {place for place, value in shown.items() if isinstance(value, Document)}
    now = answers_of(latest)
    hidden = {place for place, value in now.items() if place not in papers and plain(shown.get(place)) != value}
    heads = {table["title"]: list(table["head"]) for table in dossier.tables}
    return hidden, heads, {paper.purpose for paper in dossier.documents}


def last_word(case: ReviewedCase, reader: Person | None, office: Office | None) -> Opinion | None:
    """The latest word of the reader, else of his office."""
    said = [(turn, opinion) for turn in course_of(case).turns for opinion in turn.opinions.all()]
    own = [opinion for _, opinion in said if reader is not None and opinion.reviewer_id == reader.pk]
    of_office = [opinion for turn, opinion in said if office is not None and turn.office_id == office.pk]
    return max(own or of_office, key=lambda opinion: (opinion.at, opinion.pk), default=None)


def size_of(content: Content) -> int:
    """How many answers, rows and papers were handed in."""
    return len(answers_of(content)) + sum(len(rows) for _, rows in content["tables"]) + len(content["files"])


def marked_between(case: ReviewedCase, before: SubmissionReceipt, after: SubmissionReceipt) -> Marked:
    """What was to be corrected, in the words between the two rounds."""
    said = [opinion for turn in course_of(case).turns for opinion in turn.opinions.all()]
    between = [one for one in said if before.event.at < one.at <= after.event.at]
    marks = {mark for one in between for mark in one.corrections}
    return Marked(
        marks, {label for one in between for label in labels_of(case, one)}, accepted_between(case, before, after)
    )


def accepted_between(case: ReviewedCase, before: SubmissionReceipt, after: SubmissionReceipt) -> dict[str, str]:
    """Label → value in words of what the firm accepted between the two rounds; the last one of a field counts."""
    talk = [(one.question, one.reply) for one in talk_of(case) if one.reply is not None and one.reply.accepted]
    return {question.label: question.after for question, reply in talk if before.event.at < reply.at <= after.event.at}
