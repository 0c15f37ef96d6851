"""Somebody comes with the code of a unit that is on the site: he asks, the unit answers; failing it, 科服网."""

from django.conf import settings
from django.utils import timezone

from accounts.members.notices import JOIN_ADMITTED_BY_PLATFORM, JOIN_ANSWERED, JOIN_ASKED
from accounts.models import JoinRequest, Unit, UnitMember, User
from accounts.permissions import has_administrator, is_unit_administrator, may_answer_join
from accounts.uscc import normalise
from accounts.workflow import State
from notifications.services import notify
from policy.models import PolicyVersion
from records.doors import door
from records.locks import hold_row
from records.people import Person
from records.rules import RuleBroken
from records.steps import lock, note, write

Answer, Role = JoinRequest.Answer, UnitMember.Role
UNKNOWN = "本站还没有这个代码的单位。请核对代码；单位确实没有登记的，请填写安全认证，由您为单位建立帐号。"
MEMBER = "您已经是这个单位的成员，不用再申请加入。请到【我的单位】查看或切换。"
WAIT = (
    "这个单位没有同意您上一次的加入申请，{day:%Y-%m-%d} 起可以再次申请。"
    f"有疑问请致电政策咨询 {settings.POLICY_PHONE}，或技术支持 {settings.SUPPORT_PHONE}。"
)
OWN_REQUEST = "R-SELF", "不能答复自己的加入申请，请由单位的其他管理员或科服网办理。"
NOT_YET = "这份申请先由单位管理员答复，{day:%Y-%m-%d} 之后仍没有答复的，才由科服网办理。"
ONLY_ORPHANS = "这个单位有管理员，科服网只能同意以经办人或只读加入；需要担任管理员的，由单位管理员调整。"


@door
def ask_to_join(code: str, *, words: str, by: Person) -> JoinRequest:
    """Ask to belong to the unit of this code; a second click finds the request that is open already."""
    unit = Unit.objects.holding(code).first()
    if unit is None:
        raise RuleBroken("R-UNKNOWN", UNKNOWN)
    person = User.objects.select_for_update(of=("self",), no_key=True).get(
        pk=by.pk
    )  # two requests of one person wait for each other
    asked = person.join_requests.open().filter(unit=unit).first()
    if asked is not None:
        return asked
    check_limits(unit, person)
    asked = JoinRequest.objects.create(unit=unit, user=person, words=words)
    note(unit, "join_asked", by=by, text=str(person))
    notify(JOIN_ASKED, asked)
    return asked


def check_limits(unit: Unit, person: Person) -> None:
    """Raise RuleBroken for a member, past the number of open requests, and too soon after a refusal."""
    if unit.has_member(person):
        raise RuleBroken("R-MEMBER", MEMBER)
    most = PolicyVersion.objects.remembered().join_most_open
    if person.join_requests.open().count() >= most:
        raise RuleBroken("R-MANY", f"您已有 {most} 份加入申请等待答复，请等待答复，或先撤回不需要的申请。")
    refused = person.join_requests.filter(unit=unit, answer=Answer.DECLINED).order_by("-answered_at").first()
    again_at = refused.again_at if refused is not None else None
    if again_at is not None and timezone.now() < again_at:
        raise RuleBroken("R-WAIT", WAIT.format(day=timezone.localdate(again_at)))


def why_not_ask(code: str, *, by: Person) -> str:
    """The sentence that a request with this code would be refused with before a word is written; "" if it would not."""
    unit = Unit.objects.holding(normalise(code)).first()
    if unit is None or by.join_requests.open().filter(unit=unit).exists():
        return ""
    try:
        check_limits(unit, by)
    except RuleBroken as refusal:
        return refusal.sentence
    return ""


def refusal_answered(asked: JoinRequest, what: str) -> tuple[str, str]:
    """(code, sentence) that refuses what comes after the answer."""
    return "R-STATE", f"这份加入申请的状态已经是“{asked.get_answer_display()}”，不能{what}。"


def hold_request(asked: JoinRequest, *, by: Person) -> JoinRequest:
    """Lock the unit and the request for somebody who may answer it now; raises RuleBroken."""
    unit = lock(asked.unit)
    asked = hold_row(JoinRequest.objects.select_related("user"), asked.pk)
    asked.unit = unit
    if asked.answer:
        raise RuleBroken(*refusal_answered(asked, "再办理"))
    if unit.state == State.REJECTED:
        raise RuleBroken("R-STATE", "这个单位的认证没有通过，不能再加入。")
    if not may_answer_join(asked, by):
        if asked.user_id == by.pk:
            raise RuleBroken(*OWN_REQUEST)
        raise RuleBroken("R-PERM", NOT_YET.format(day=asked.due_on))
    return asked


def check_words(asked: JoinRequest, words: str, *, by: Person) -> None:
    """科服网 writes down on what proof it admits somebody."""
    if not words.strip() and not is_unit_administrator(asked.unit, by):
        raise RuleBroken("R-WORDS", "科服网代为同意时，请写明核实的依据，例如“已收到单位盖章的授权书”。")


@door
def admit(asked: JoinRequest, role: str, *, by: Person, words: str = "") -> JoinRequest:
    """Let the person into the unit with this role; 科服网 makes an administrator only where there is none."""
    asked = hold_request(asked, by=by)
    check_words(asked, words, by=by)
    own = is_unit_administrator(asked.unit, by)
    if role == Role.ADMIN and not own and has_administrator(asked.unit):
        raise RuleBroken("R-ROLE", ONLY_ORPHANS)
    member, _ = UnitMember.objects.get_or_create(unit=asked.unit, user=asked.user, defaults={"role": role})
    close(asked, Answer.ADMITTED, by=by, words=words, role=member.role)
    write(asked.unit, "join_admitted", by=by, text=f"{asked.user}，{member.get_role_display()}。{words}")
    notify(JOIN_ANSWERED, asked, role=member.get_role_display())
    if not own:
        notify(JOIN_ADMITTED_BY_PLATFORM, asked, role=member.get_role_display())
    return asked


@door
def decline(asked: JoinRequest, *, by: Person, words: str) -> JoinRequest:
    """Do not let the person in, and say why."""
    if not words.strip():
        raise RuleBroken("R-WORDS", "不同意时请写明原因，申请人会在消息里看到。")
    asked = close(hold_request(asked, by=by), Answer.DECLINED, by=by, words=words)
    write(asked.unit, "join_declined", by=by, text=f"{asked.user}。{words}")
    notify(JOIN_ANSWERED, asked)
    return asked


@door
def take_back(asked: JoinRequest, *, by: Person) -> JoinRequest:
    """The person no longer asks; a second click changes nothing."""
    asked = hold_row(JoinRequest.objects.select_related("unit"), asked.pk)
    if asked.user_id != by.pk:
        raise RuleBroken("R-PERM", "只有申请人自己可以撤回加入申请。")
    if asked.answer not in {"", Answer.WITHDRAWN}:
        raise RuleBroken(*refusal_answered(asked, "撤回"))
    return asked if asked.answer else close(asked, Answer.WITHDRAWN, by=by)


def close(asked: JoinRequest, answer: str, *, by: Person, words: str = "", role: str = "") -> JoinRequest:
    """Write the answer down, with the role that comes of it."""
    asked.answer, asked.answered_by, asked.answered_at, asked.reply = answer, by, timezone.now(), words.strip()
    asked.role = role
    asked.save(update_fields=["answer", "answered_by", "answered_at", "reply", "role"])
    return asked
