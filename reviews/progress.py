"""进度 and 审核意见 of any case, in plain words (domain.md §5.5): read from its line, its turns and its trail alone."""

import datetime as dt
from dataclasses import dataclass, replace

from policy.arithmetic import yuan
from policy.calendar import local_date
from policy.models import PolicyVersion
from records.kinds import kind_for
from records.models import Case
from records.people import Person
from reviews.course import Course, course_of
from reviews.kinds import kind_of_review
from reviews.marks import Asked, list_of
from reviews.models import Opinion, ReviewedCase, Turn, Verdict
from reviews.questions.reading import first_due
from reviews.rating import score_words

MEND = "按审核意见补充材料并重新提交"
DECIDED = "本事项已办结。"


@dataclass(frozen=True)
class Step:
    """One station of the straight way; state: done, current, todo, returned or ended (then `word` says how)."""

    label: str
    state: str
    office: str = ""
    arrived: dt.datetime | None = None
    decided: dt.datetime | None = None
    due_on: dt.date | None = None
    promised_days: int | None = None
    used_days: int | None = None
    firm_days: int | None = None  # how many of them the firm had, of a turn that has ended
    next: str = ""
    word: str = ""


@dataclass(frozen=True)
class OpinionRow:
    """One line of 审核意见."""

    sequence: int
    round: int
    stage: str
    office: str
    result: str
    text: str
    at: dt.datetime
    passed: bool = False  # whether the word sent the case on
    marks: tuple[tuple[str, str], ...] = ()  # (label, where it is corrected) on the page on which the case is mended
    is_verdict: bool = True  # a question, an answer and a 更正建议 decide nothing, and are no return


@dataclass(frozen=True)
class Header:
    """Who has the case, until when, and what comes next."""

    holder: str
    until: dt.date | None
    next_sentence: str
    until_label: str = "预计办结"
    unit: str = ""  # whose case it is, to a person who may belong to several

    @property
    def facts(self) -> list[tuple[str, str]]:
        """[(label, value)] for components/case_header.html; a day or an office that the sentence names has no place of its own."""
        until = f"{self.until:%Y-%m-%d}" if self.until else ""
        told = [("所属单位", self.unit), ("当前办理", self.holder), (self.until_label, until)]
        facts = [(label, value) for label, value in told if value and value not in self.next_sentence]
        return facts + ([("下一步", self.next_sentence)] if self.next_sentence else [])


def steps_of(case: Case, user: Person | None = None) -> list[Step]:
    """Every station of the case's straight way, for components/steps.html; `user` chooses whom the words address."""
    course = course_of(case)
    own = is_own(case, user)
    return [station(course, index, label, own=own) for index, (_, label) in enumerate(case.LINE)]


def station(course: Course, index: int, label: str, *, own: bool) -> Step:
    """One station: how far it is, and what its turn or the course tells of it."""
    case, state = course.case, state_of(course, index)
    words = awaited(case, own=own) or next_sentence(case, own=own) if index == speaking(course) else ""
    again = state == "current" and course.is_appeal
    word = case.get_state_display() if state == "ended" or again else ""
    name = course.line[index]
    if state == "todo":
        return Step(label, state, promised_days=promised(case, name), next=words)
    turn = course.open_turn if again else course.last_turn(name)
    if turn is None:
        return plain_station(course, index, Step(label, state, next=words, word=word))
    days = promised(case, turn.state, turn.opened_at)
    step = Step(label, state, promised_days=days, used_days=course.used_days[turn.pk], next=words, word=word)
    return replace(
        step,
        firm_days=turn.firm_days,
        office=turn.office.name,
        arrived=turn.opened_at,
        decided=turn.closed_at,
        due_on=turn.due_on,
    )


def plain_station(course: Course, index: int, step: Step) -> Step:
    """A station without an office: the applicant writes, or something is reached."""
    name = course.line[index]
    arrived = course.case.created_at if index == 0 else course.reached(name)
    left = course.left(name) if index == 0 and course.reviewed else None
    decided = (left or arrived) if step.state == "done" else None
    return Step(step.label, step.state, arrived=arrived, decided=decided, next=step.next, word=step.word)


def state_of(course: Course, index: int) -> str:
    """done, current, todo, returned or ended."""
    case, at = course.case, course.at
    if index != at:
        passed = course.reviewed is None and index == at + 1 and case.state in course.line
        return "done" if index < at else "current" if passed else "todo"
    if case.standing.returned:
        return "returned"
    if course.is_appeal:
        return "current"
    if case.state not in course.line and not case.standing.editable:
        return "ended"
    return "done" if case.tone == "done" or course.reviewed is None else "current"


def speaking(course: Course) -> int:
    """The index of the station that says what comes next."""
    goes_on = state_of(course, course.at) == "done" and course.at + 1 < len(course.line)
    return course.at + 1 if goes_on else course.at


def promised(case: Case, state: str, since: dt.datetime | None = None) -> int | None:
    """Working days promised for the state, by the case's policy version.

    A case that keeps none, or none yet, goes by the one that holds now, or held when its turn began: `since`.
    """
    row = case.STATES[state]
    if not row.office:
        return None
    if not row.promise:
        return case.promised_days() if isinstance(case, ReviewedCase) else None
    policy = getattr(case, "policy", None) or PolicyVersion.objects.remembered(since)
    return int(getattr(policy, row.promise))


def opinions_of(case: Case) -> list[OpinionRow]:
    """All opinions of all rounds, oldest first; offices alone are named, of the experts only the group speaks."""
    pairs = [(turn, opinion) for turn in course_of(case).turns for opinion in turn.opinions.all()]
    pairs.sort(key=lambda pair: (pair[1].at, pair[1].pk))
    return [opinion_row(number, turn, opinion, case) for number, (turn, opinion) in enumerate(pairs, start=1)]


def opinion_row(number: int, turn: Turn, opinion: Opinion, case: Case) -> OpinionRow:
    """One line of 审核意见; the office speaks, not its person."""
    words = opinion_words(case, opinion)
    passed = opinion.verdict == Verdict.PASS
    return OpinionRow(number, turn.round, turn.stage, turn.office.name, opinion.result, words, opinion.at, passed)


def opinion_words(case: Case, opinion: Opinion) -> str:
    """What the applicant reads of an opinion: the reason in words, the text, the amount, what is to be corrected."""
    parts = [
        f"原因：{opinion.get_reason_display()}。" if opinion.reason else "",
        opinion.text,
        f"核定金额：{yuan(opinion.amount)}。" if opinion.amount is not None else "",
        score_words(opinion.score),
        f"请修改：{'、'.join(labels_of(case, opinion))}。" if opinion.corrections else "",
    ]
    return "\n".join(part for part in parts if part)


def labels_of(case: Case, opinion: Opinion) -> list[str]:
    """What a word marks, as the kind of the case calls it; rows as they were called when they were marked."""
    return [
        opinion.row_labels.get(mark) or label
        for mark, label in zip(opinion.corrections, correction_labels(case, opinion.corrections), strict=True)
    ]


def correction_labels(case: Case, corrections: list[str]) -> list[str]:
    """The labels of such fields and lists, as the kind of the case calls them; a row is called after its list."""
    columns = {field.name: str(field.verbose_name) for field in case._meta.fields}
    known = columns | (dict(kind_of_review(case).corrections(case)) if isinstance(case, ReviewedCase) else {})
    return [known.get(list_of(name), name) for name in corrections]


def open_corrections(case: Case) -> Asked:
    """What the last return asks to correct, by name, while the case lies with the applicant; with its words."""
    opinion = open_return(case)
    asked = Asked(opinion.corrections if opinion else ())
    asked.words = opinion.text if opinion else ""
    return asked


def open_return(case: Case) -> Opinion | None:
    """The word that has sent the case back to the applicant, with whom it lies."""
    if not case.standing.returned:
        return None
    opinions = [opinion for turn in course_of(case).turns for opinion in turn.opinions.all()]
    return max(opinions, key=lambda opinion: (opinion.at, opinion.pk), default=None)


def header_of(case: Case, user: Person) -> Header:
    """Who has the case, until when, and what the person can do now; for components/case_header.html."""
    own = is_own(case, user)
    turn = course_of(case).open_turn
    if turn is not None:
        late = next_sentence(case, own=own) if turn.is_overdue else ""  # in time holder and day say it all
        return Header(turn.office.name, turn.due_on, awaited(case, own=own) or late, unit=unit_of(case, own=own))
    until = getattr(case, "due_on", None) if case.tone == "yours" else None
    words, unit = next_sentence(case, own=own), unit_of(case, own=own)
    return Header(holder_of(case, own=own), until, words, until_label="请在此日期前", unit=unit)


def awaited(case: Case, *, own: bool) -> str:
    """That the office waits for an answer of the firm, and until when; "" where it does not. The promised day stays (ADR 0141)."""
    until = first_due(case, to_firm=True)
    if until is None:
        return ""
    return f"请在 {until:%Y-%m-%d} 前答复审核单位。" if own else f"等待企业答复，期限 {until:%Y-%m-%d}。"


def unit_of(case: Case, *, own: bool) -> str:
    """The name of the unit whose case it is, for its own people; "" where the case is the unit itself or has none."""
    unit = getattr(case, "unit", None) if own else None
    return str(unit) if unit is not None else ""


def holder_of(case: Case, *, own: bool) -> str:
    """Who has a case that lies at no office."""
    if case.tone in {"yours", "draft"}:
        return "您的单位" if own else getattr(case, "unit_name", "") or "申请单位"
    if case.tone == "underway":
        return str(getattr(case, "provider", "") or "承办单位")
    return "已结束" if case.tone in {"refused", "ended"} else "已办结"


def is_own(case: Case, user: Person | None) -> bool:
    """Whether the words address the applicant himself; without a person they do."""
    return user is None or case.has_member(user)


def next_sentence(case: Case, *, own: bool = True) -> str:
    """What comes next, in one sentence; the model's own words win over the common ones."""
    return kind_for(case).next_words(case, own=own) or common_words(case, own=own)


def common_words(case: Case, *, own: bool) -> str:
    """What comes next for any machine."""
    course = course_of(case)
    if course.open_turn is not None:
        return office_words(course.open_turn)
    if case.standing.returned or case.standing.asks:
        return applicant_words(case, own=own)
    if case.standing.editable:
        return "请填写完整并提交。" if own else "等待申请单位提交。"
    if case.tone in {"refused", "ended"}:
        return f"本事项已结束：{case.get_state_display()}。"
    following = speaking(course)
    return f"等待：{case.LINE[following][1]}。" if following > course.at else DECIDED


def office_words(turn: Turn) -> str:
    """An office is at work, and until when it has promised."""
    if turn.is_overdue:
        contact = f"，可致电 {turn.office.phone} 询问" if turn.office.phone else ""
        return f"{turn.office.name}正在办理{turn.stage}，已超过承诺日期 {turn.due_on:%Y-%m-%d}{contact}。"
    return f"{turn.office.name}正在办理{turn.stage}，预计 {turn.due_on:%Y-%m-%d} 前办结。"


def applicant_words(case: Case, *, own: bool) -> str:
    """The applicant has to act, and until when."""
    due_on = getattr(case, "due_on", None)
    until = f"在 {local_date(due_on):%Y-%m-%d} 前" if due_on else ""
    act = case.standing.asks or MEND
    return f"请{until}{act}。" if own else f"等待申请单位{until}{act}。"
