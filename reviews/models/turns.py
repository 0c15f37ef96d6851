"""Turns and opinions: the one review of 单位认证, 创新券 and 兑现."""

import datetime as dt
from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from policy.models import PolicyVersion
from records.kinds import CaseKind, kind_named
from records.models import Case
from records.states import S
from reviews.models.listed import Listed, list_indexes
from reviews.models.places import Office
from reviews.querysets import TurnQuerySet
from reviews.reasons import Reason
from reviews.soon import soon_until

DUE_SOON = dt.timedelta(days=3)
APPEAL = "appeal"  # the state of a case whose decision is looked at once more, in every machine that has it
APPEAL_VERDICTS = {"pass_review": "复核通过", "reject": "维持原决定"}
ENDINGS = {  # of a turn that no word of an office closed
    "withdraw": "申请单位撤回",
    "drop_appeal": "申请单位撤回复核",
    "lapse": "到期",
    "expire": "到期",
}


class ReviewedCase(Case):
    """A case that offices review; its rows name whose turn each state is."""

    district: Any  # whose office begins with it, where the machine has a column for it
    TURN: ClassVar[dict[str, str]]  # state → Office.Kind
    RETURNED: ClassVar[frozenset[str]]  # states in which the applicant mends

    turns = GenericRelation("reviews.Turn", "case_id", "case_type")

    class Meta:
        abstract = True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Read from the rows of a machine whose turn its states are."""
        super().__init_subclass__(**kwargs)
        cls.TURN = {state: row.office for state, row in cls.STATES.items() if row.office}
        cls.RETURNED = frozenset(state for state in cls.EDITABLE if cls.STATES[state].returned)

    def get_absolute_url(self) -> str:
        """The page of the case."""
        raise NotImplementedError

    @property
    def title(self) -> str:
        """What an inbox calls the case."""
        raise NotImplementedError

    @property
    def unit_name(self) -> str:
        """Whose case it is."""
        raise NotImplementedError

    @property
    def category_name(self) -> str:
        """The category of the service that it is about; "" where it is about none."""
        return ""

    @property
    def search_words(self) -> tuple[str, ...]:
        """By what the lists and the search of the desk find it (`reviews.lists.keeping`)."""
        return (self.number, self.title, self.unit_name)

    @property
    def latest_turn(self) -> "Turn | None":
        """The turn that lies open, or the last one; read once for each version, for the notices of one move."""
        if self.version not in self.latest_turns:
            self.latest_turns[self.version] = self.turns.select_related("office").order_by("-pk").first()
        return self.latest_turns[self.version]

    @cached_property
    def latest_turns(self) -> "dict[int, Turn | None]":
        """Version of the case → its latest turn then, as far as it is known."""
        return {}

    @property
    def last_corrections(self) -> list[str]:
        """The names of the fields and lists that the last word asks to correct; asked afresh."""
        last = Opinion.objects.filter(turn__in=self.turns.all()).order_by("-at", "-pk").first()
        return list(last.corrections) if last is not None else []

    @property
    def enclosure(self) -> str:
        """What the notice of the present move brings along: the 提交回执 in words."""
        receipt = self.memory.get("receipt")
        return receipt.in_words if receipt is not None else ""

    @cached_property
    def hearing(self) -> "Turn | None":
        """The open turn with its seats; whoever has read them already sets it."""
        turn: Turn | None = self.turns.filter(closed_at=None).prefetch_related("seats").first()
        return turn

    @property
    def applicant(self) -> Any:
        """The unit whose case it is; a unit's own certification is the unit itself."""
        return getattr(self, "unit", self)

    def turn_office(self) -> Office:
        """The office whose turn the present state is; raises RuleBroken if there is none."""
        raise NotImplementedError

    @property
    def rules(self) -> PolicyVersion:
        """The policy version by which the case goes; of one that keeps none that of today."""
        return PolicyVersion.objects.remembered()

    def rules_since(self, moment: dt.datetime) -> PolicyVersion:
        """The policy version by which a turn goes that was opened at this moment."""
        return PolicyVersion.objects.remembered(moment)

    def promised_days(self, since: dt.datetime | None = None) -> int:
        """Working days promised for the present state by the case's policy version, now or since the moment."""
        rules = self.rules if since is None else self.rules_since(since)
        return int(getattr(rules, self.standing.promise))


class Turn(Listed):
    """One office's turn at one case: opened when the case arrives, closed by the word that decides it."""

    case_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    case_id = models.PositiveBigIntegerField()
    case: Any = GenericForeignKey("case_type", "case_id")
    state = models.CharField("环节", max_length=50)
    stage = models.CharField("环节名称", max_length=40)
    round = models.PositiveSmallIntegerField("轮次", default=1)
    office = models.ForeignKey(Office, models.PROTECT, verbose_name="审核单位", related_name="turns")
    opened_at = models.DateTimeField("到达时间", default=timezone.now)
    due_on = models.DateField("承诺办结日期")
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    used_days = models.PositiveSmallIntegerField("用时", null=True, blank=True)  # working days, once it is closed
    firm_days = models.PositiveSmallIntegerField("等待企业", null=True, blank=True)  # how many of them
    title = models.CharField("事项", max_length=200, blank=True)  # what the inbox shows without asking the case
    unit_name = models.CharField("申请单位", max_length=200, blank=True)
    number = models.CharField("编号", max_length=24, blank=True)
    asked = models.PositiveSmallIntegerField(
        "询问和更正建议", default=0, db_default=0
    )  # so that a page without any asks for none

    objects = TurnQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "审核环节"
        ordering = ("due_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["case_type", "case_id"], condition=Q(closed_at=None), name="turn_one_open_per_case"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")), name="turn_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(used_days=None, firm_days=None)
                | Q(
                    closed_at__isnull=False,
                    used_days__isnull=False,
                    firm_days__lte=F("used_days"),
                    firm_days__isnull=False,
                ),
                name="turn_time_is_whole",
            ),
        )
        indexes = (
            models.Index(fields=["case_type", "case_id"]),
            models.Index(fields=["office", "due_on"], condition=Q(closed_at=None), name="turn_inbox"),
            *list_indexes(),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.stage}"

    def get_absolute_url(self) -> str:
        """Where the office works on it."""
        return reverse("turn_detail", args=[self.pk])

    @property
    def case_key(self) -> Any:
        """The case with nothing but its key, to be held; asks no database."""
        model: Any = self.kind.model
        return model(pk=self.case_id)

    @property
    def kind(self) -> CaseKind:
        """The kind of its case; asks no database."""
        return kind_named(ContentType.objects.get_for_id(self.case_type_id).model_class())

    @property
    def row(self) -> S:
        """What its state means in the machine of its case."""
        return self.kind.model.STATES[self.state]

    @property
    def matter(self) -> str:
        """What kind of case it is, as an inbox calls it."""
        return self.kind.matter

    @property
    def is_open(self) -> bool:
        """Whether the office still has the case."""
        return self.closed_at is None

    @property
    def ending(self) -> str:
        """How it ended, as cases of its kind call it; "" of an open one."""
        if self.ended_by in Verdict.values:
            return self.called(self.ended_by)
        return ENDINGS.get(self.ended_by) or self.kind.steps.get(self.ended_by, self.ended_by)

    def called(self, verdict: str) -> str:
        """The verdict as cases of its kind call it; at 复核 it holds what was decided, or it does not."""
        own = APPEAL_VERDICTS.get(verdict) if self.is_appeal else self.kind.verdicts.get(verdict)
        return own or str(Verdict(verdict).label)

    @property
    def is_appeal(self) -> bool:
        """Whether an earlier decision is looked at once more (复核)."""
        return self.state == APPEAL

    @property
    def is_decided(self) -> bool:
        """Whether a word of the office closed it."""
        return self.ended_by in Verdict.values

    @property
    def is_overdue(self) -> bool:
        """Whether the promised day has passed while the case lies here."""
        return self.is_open and timezone.localdate() > self.due_on

    @property
    def is_due_soon(self) -> bool:
        """Whether the promised day is near (政策版本 审核到期提醒)."""
        return self.is_open and self.due_on <= soon_until()


class Verdict(models.TextChoices):
    """A reviewer's word; its value is the name of the step that it takes."""

    PASS = "pass_review", "通过"
    RETURN = "send_back", "退回修改"
    REJECT = "reject", "不通过"
    FORM_RETURN = "return_form", "退回重传"


class Opinion(models.Model):
    """The word that decides a turn, with what the applicant is told."""

    turn = models.ForeignKey(Turn, models.PROTECT, verbose_name="环节", related_name="opinions")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="审核人", related_name="+")
    verdict = models.CharField("结果", max_length=20, choices=Verdict)
    text = models.TextField("意见", blank=True)
    reason = models.CharField("原因", max_length=10, choices=Reason, blank=True)
    corrections = models.JSONField(
        "需修改的字段", default=list, blank=True
    )  # names of fields, lists and rows (marks.py)
    row_labels = models.JSONField("需修改的行", default=dict, blank=True)  # mark of a row → what it was called then
    amount = models.DecimalField("核定金额", max_digits=12, decimal_places=2, null=True, blank=True)  # yuan
    score = models.DecimalField("专家组得分", max_digits=5, decimal_places=2, null=True, blank=True)  # 0 to 100
    second = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="复核签", related_name="+"
    )
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "审核意见"
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(fields=["turn", "reviewer"], name="opinion_one_per_reviewer_and_turn"),
            models.CheckConstraint(condition=~Q(second=F("reviewer")), name="opinion_two_persons"),
            models.CheckConstraint(condition=Q(verdict="pass_review") | ~Q(text=""), name="opinion_refusal_has_words"),
            models.CheckConstraint(
                condition=~Q(verdict="reject") | ~Q(reason=""), name="opinion_rejection_has_a_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.turn} {self.result}"

    @property
    def result(self) -> str:
        """The verdict as cases of this kind call it."""
        return self.turn.called(self.verdict)
