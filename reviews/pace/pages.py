"""What 进度 tells while an office is at work: what is usual, what comes next, what can be done meanwhile, whom to call."""

from django.conf import settings

from records.people import Person
from reviews.course import Course, course_of
from reviews.kinds import kind_of_review
from reviews.models import ReviewedCase, Turn
from reviews.pace.services import REMEMBERED
from ui.forms import Row, Sections


def pace_of(case: ReviewedCase, user: Person) -> Sections:
    """For components/field_list.html; nothing while the case lies at no office. The promise stands in the table below."""
    course = course_of(case)
    turn = course.open_turn
    if turn is None:
        return []
    own = case.has_member(user)
    told = [
        ("通常用时", usual_words(turn)),
        ("之后", following_words(course, turn)),
        ("这段时间", kind_of_review(case).meanwhile.get(case.state, "") if own else ""),
        ("联系", contact_words(turn)),
    ]
    return [("当前环节", [Row(label, words, "text") for label, words in told if words])]


def usual_words(turn: Turn) -> str:
    """How long the office usually takes for the step; "" where too few cases were decided to say it."""
    usual = vars(turn)["usual"]
    if usual is None:
        return ""
    return (
        f"近 {REMEMBERED.days} 天该单位在这个环节办结 {usual['cases']} 件：一半在 {usual['half']} 个工作日内，"
        f"八成在 {usual['most']} 个工作日内，不含申请单位补正和答复的时间。通常用时供参考，承诺时限以下表为准。"
    )


def following_words(course: Course, turn: Turn) -> str:
    """The station after that of an office; of a state beside the line, 复核, what becomes of the decision."""
    if turn.state not in course.line:
        return beside_words(course)
    at = course.line.index(turn.state) + 1
    return f"通过后进入“{course.case.LINE[at][1]}”。"


def beside_words(course: Course) -> str:
    """What 复核 leads to: on from the station that has refused, or to another amount of what was granted."""
    at, is_granted = course.line.index(course.origin), course.case.STATES[course.origin].tone == "done"
    led = "重新核定金额" if is_granted or at + 1 == len(course.line) else f"进入“{course.case.LINE[at + 1][1]}”"
    return f"复核通过的，{led}；维持的，原决定不变。"


def contact_words(turn: Turn) -> str:
    """The office's phone where it has one, and that of 政策咨询."""
    office = f"{turn.office.name} {turn.office.phone}；" if turn.office.phone else ""
    return f"{office}政策咨询 {settings.POLICY_PHONE}。"
