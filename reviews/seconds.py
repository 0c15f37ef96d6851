"""复核签 (four eyes): above the policy's amount a passing word needs a second person of the same office (docs/adr/0150)."""

from django.db.models import F, Q

from policy.arithmetic import yuan
from policy.models import PolicyVersion
from records.people import Person
from records.rules import RuleBroken
from reviews.models import Opinion, ReviewedCase, Turn, Verdict
from reviews.offices import hands_for
from reviews.permissions import objection_to
from reviews.querysets import OfficeMemberQuerySet

OWN_WORD = "这是您作出的决定，须由同单位的另一人复核签。"
NOT_THERE = "复核签由承办单位在岗的人员办理，您可以查看，不能复核签。"
SAME_POST = "您和作出决定的人，一个在代理另一个的岗位，不能复核签同一个决定，请由其他同事复核签。"
NOBODY = "现在没有其他人可以复核签：在岗人员中没有第二个人，或者都办理过本事项的其他环节、是申请单位的成员。"


def needs_second(turn: Turn, verdict: str) -> bool:
    """Whether this word on the turn stands only once a second person has signed it; the lists' amount counts, yuan."""
    above = PolicyVersion.objects.remembered().second_amount
    return bool(above) and verdict == Verdict.PASS and turn.amount > above


def rule_of_second() -> str:
    """The rule in words, with its amount."""
    return f"金额超过 {yuan(PolicyVersion.objects.remembered().second_amount)}的事项，通过须由同单位另一人复核签后生效"


def signers(turn: Turn, case: ReviewedCase, first: Person) -> OfficeMemberQuerySet:
    """Who may sign what the first has decided: whoever may decide the turn, but neither he nor who shares his post."""
    places = hands_for(turn, case)
    lent = turn.office.memberships.at_work().filter(user=first).exclude(stands_in_for=None)
    shared = Q(user=first) | Q(stands_in_for__user=first) | Q(user__in=lent.values(who=F("stands_in_for__user")))
    return places.exclude(pk__in=places.filter(shared).values("pk"))


def objection_to_signing(turn: Turn, case: ReviewedCase, first: Person, user: Person) -> str:
    """Why the person may not sign what the first has decided, in one sentence; "" if he may."""
    if user.pk == first.pk:
        return OWN_WORD
    if signers(turn, case, first).filter(user=user).exists():
        return ""
    if not turn.office.memberships.at_work().filter(user=user).exists():
        return NOT_THERE
    return objection_to(turn, case, user) or SAME_POST


def check_second(turn: Turn, case: ReviewedCase, opinion: Opinion, second: Person | None) -> None:
    """Put who has signed it into a word; RuleBroken where it lacks the second person that it needs, or he may not sign."""
    opinion.second = second
    if second is not None:
        check_signer(turn, case, opinion.reviewer, second)
    elif needs_second(turn, opinion.verdict):
        raise RuleBroken("R-SECOND", f"{rule_of_second()}，请逐件办理。")


def check_signer(turn: Turn, case: ReviewedCase, first: Person, second: Person) -> None:
    """Raise RuleBroken unless the second may sign what the first has decided."""
    objection = objection_to_signing(turn, case, first, second)
    if objection:
        raise RuleBroken("R-SECOND", objection)
