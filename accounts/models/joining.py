"""How people come into a unit or to an office: they ask, or they are invited."""

import datetime as dt
from typing import cast

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models.units import Unit, UnitMember
from accounts.querysets import InvitationQuerySet, JoinRequestQuerySet
from policy.calendar import today
from policy.models import PolicyVersion
from policy.working_days import add_working_days
from reviews.models import Office, OfficeMember


def reply_due() -> dt.date:
    """Until when the unit answers somebody who asks to join today."""
    return add_working_days(timezone.now(), PolicyVersion.objects.remembered().join_reply_days)


class JoinRequest(models.Model):
    """Somebody who came with the credit code of a unit that is on the site asks to belong to it (domain.md §5.1)."""

    class Answer(models.TextChoices):
        """How it ended."""

        ADMITTED = "admitted", "已同意"
        DECLINED = "declined", "未同意"
        WITHDRAWN = "withdrawn", "已撤回"

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="join_requests", verbose_name="单位")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="join_requests", verbose_name="申请人"
    )
    words = models.CharField("说明", max_length=300)
    at = models.DateTimeField("申请时间", default=timezone.now)
    due_on = models.DateField("答复期限", default=reply_due)
    answer = models.CharField("结果", max_length=10, choices=Answer, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="办理人"
    )
    answered_at = models.DateTimeField("办理时间", null=True, blank=True)
    reply = models.CharField("答复", max_length=300, blank=True)
    role = models.CharField("给予的角色", max_length=10, choices=UnitMember.Role, blank=True, default="")

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "加入申请"
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["unit", "user"], condition=Q(answer=""), name="join_request_one_open"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="join_request_answered_whole",
            ),
            models.CheckConstraint(
                condition=~Q(answer="declined") | ~Q(reply=""), name="join_request_refusal_has_words"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} → {self.unit}"

    def get_absolute_url(self) -> str:
        """The request's page, for who asked and for who answers."""
        return reverse("join_detail", args=[self.pk])

    @property
    def is_late(self) -> bool:
        """Whether the unit has let its time pass."""
        return not self.answer and self.due_on < today()

    @property
    def again_at(self) -> dt.datetime | None:
        """From when the person may ask again after a refusal."""
        if self.answer != self.Answer.DECLINED or self.answered_at is None:
            return None
        rules = PolicyVersion.objects.remembered(self.answered_at)  # as the person was told
        return self.answered_at + dt.timedelta(days=rules.join_wait_days)

    @property
    def tone(self) -> str:
        """How the answer looks."""
        return {"": "underway", "admitted": "done", "declined": "refused"}.get(self.answer, "ended")

    def get_state_display(self) -> str:
        """The answer in words, for components/state_badge.html."""
        return self.get_answer_display() or "等待答复"


def invitation_ends() -> dt.datetime:
    """When an invitation of this moment ends."""
    return timezone.now() + dt.timedelta(days=PolicyVersion.objects.remembered().invitation_days)


class Invitation(models.Model):
    """A phone number is invited into a unit or to an office; whoever has verified that number may accept.

    It never tells whether the number has an account.
    """

    unit = models.ForeignKey(
        Unit, models.CASCADE, null=True, blank=True, related_name="invitations", verbose_name="单位"
    )
    office = models.ForeignKey(
        Office, models.CASCADE, null=True, blank=True, related_name="invitations", verbose_name="审核单位"
    )
    phone = models.CharField("手机号", max_length=11, db_index=True)
    unit_role = models.CharField("单位内角色", max_length=10, choices=UnitMember.Role, blank=True)
    office_role = models.CharField("审核单位内角色", max_length=10, choices=OfficeMember.Role, blank=True)
    is_financial = models.BooleanField("财务专家", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="邀请人")
    at = models.DateTimeField("邀请时间", default=timezone.now)
    expires_at = models.DateTimeField("有效期至", default=invitation_ends)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="接受人"
    )
    closed_at = models.DateTimeField("结束时间", null=True, blank=True)  # accepted, declined or withdrawn

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "邀请"
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(unit__isnull=False, office=None, office_role="") & ~Q(unit_role="")
                | Q(unit=None, office__isnull=False, unit_role="") & ~Q(office_role=""),
                name="invitation_into_one_place_with_a_role",
            ),
            models.UniqueConstraint(
                fields=["unit", "phone"],
                condition=Q(closed_at=None, unit__isnull=False),
                name="invitation_one_per_unit",
            ),
            models.UniqueConstraint(
                fields=["office", "phone"],
                condition=Q(closed_at=None, office__isnull=False),
                name="invitation_one_per_office",
            ),
        )

    def __str__(self) -> str:
        return f"{self.phone[:3]}****{self.phone[-4:]} → {self.organisation}"

    def get_absolute_url(self) -> str:
        """Where whoever was invited answers."""
        return reverse("invitation_list")

    @property
    def organisation(self) -> "Unit | Office":
        """The unit or the office."""
        return cast("Unit | Office", self.unit or self.office)

    @property
    def role(self) -> str:
        """The role there."""
        return self.unit_role or self.office_role

    def get_role_display(self) -> str:
        """The role in words."""
        return self.get_unit_role_display() or self.get_office_role_display()

    @property
    def is_open(self) -> bool:
        """Whether it can still be accepted."""
        return self.closed_at is None and timezone.now() < self.expires_at
