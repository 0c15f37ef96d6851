"""Districts, offices and the people at them."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from records.kinds import KINDS
from records.models import Trailed
from reviews.querysets import OfficeMemberQuerySet


class District(models.Model):
    """A district of Tianjin (GB/T 2260) or a functional area with an intake office of its own."""

    code = models.CharField("代码", max_length=16, primary_key=True)
    name = models.CharField("名称", max_length=40, unique=True)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "区"
        ordering = ("order", "code")

    def __str__(self) -> str:
        return self.name


class Office(Trailed):
    """An office that reviews: applicants see its name, never the name of a person in it."""

    class Kind(models.TextChoices):
        """What the office is for."""

        PLATFORM = "platform", "科服网平台"
        DISTRICT = "district", "区科技主管部门"
        BODY = "body", "专业机构"
        EXPERT = "expert", "评审专家"
        MUNICIPAL = "municipal", "市科技局"

    kind = models.CharField("类别", max_length=12, choices=Kind)
    name = models.CharField("名称", max_length=80, unique=True)
    district = models.OneToOneField(
        District, models.PROTECT, null=True, blank=True, verbose_name="所辖区", related_name="office"
    )
    phone = models.CharField("联系电话", max_length=40, blank=True)
    is_active = models.BooleanField("在用", default=True)
    watched_on = models.DateField("上次提醒日期", null=True, editable=False)  # by `reviews.watch`
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        through="OfficeMember",
        through_fields=("office", "user"),
        related_name="offices",
        verbose_name="成员",
    )

    class Meta:
        verbose_name = verbose_name_plural = "审核单位"
        ordering = ("kind", "name")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="district", district__isnull=False) | (~Q(kind="district") & Q(district=None)),
                name="office_has_a_district_if_it_is_one",
                violation_error_message="区科技主管部门必须选择所辖区，其他单位不能选择。",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of its people, for those who keep them."""
        return reverse(KINDS[Office].page, args=[self.pk])


class OfficeMember(models.Model):
    """A person at an office: for good, until a day, or as the stand-in (代理人) of a member for the days of a leave."""

    class Role(models.TextChoices):
        """What the person may do there beside the office's own work."""

        REVIEWER = "reviewer", "审核人员"
        LEAD = "lead", "负责人"

    office = models.ForeignKey(Office, models.CASCADE, verbose_name="审核单位", related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="人员", related_name="office_memberships"
    )
    role = models.CharField("角色", max_length=10, choices=Role, default=Role.REVIEWER)
    is_financial = models.BooleanField("财务专家", default=False)
    since = models.DateTimeField("加入时间", default=timezone.now)
    starts_on = models.DateField("开始日期", null=True, blank=True)  # of a stand-in
    ends_on = models.DateField("结束日期", null=True, blank=True)  # the last day of work
    stands_in_for = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, verbose_name="代理", related_name="stand_ins"
    )
    ended_at = models.DateTimeField(
        "停用时间", null=True, blank=True
    )  # the row stays: cases were decided by the person
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name="添加人", related_name="+"
    )

    acts: Sequence[Mapping[str, str]] = ()  # {label, url} of what its reader may do with it, where a page has asked

    objects = OfficeMemberQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "审核人员"
        constraints = (
            models.UniqueConstraint(fields=["office", "user"], condition=Q(ended_at=None), name="office_member_once"),
            models.CheckConstraint(condition=Q(role__in=("reviewer", "lead")), name="office_member_role_known"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="office_member_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(stands_in_for=None) | Q(starts_on__isnull=False, ends_on__isnull=False),
                name="office_member_stand_in_has_dates",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.office}"

    def get_absolute_url(self) -> str:
        """Where the person himself goes on."""
        return reverse("user_center")

    @property
    def is_stand_in(self) -> bool:
        """Whether somebody else's work is done here."""
        return self.stands_in_for_id is not None

    @property
    def is_over(self) -> bool:
        """Whether the place counts no more and will not again."""
        return self.ended_at is not None or (self.ends_on is not None and self.ends_on < timezone.localdate())

    @property
    def is_to_come(self) -> bool:
        """Whether its first day has not come yet."""
        return self.starts_on is not None and self.starts_on > timezone.localdate()

    @property
    def is_at_work(self) -> bool:
        """Whether it counts today; in SQL: `OfficeMember.objects.at_work()`."""
        return self.office.is_active and not self.is_over and not self.is_to_come

    @property
    def standing(self) -> str:
        """How the place stands today, in words."""
        if self.is_over:
            return "代理已结束" if self.is_stand_in else "已停用"
        if self.is_to_come:
            return "代理未开始"
        return "代理中" if self.is_stand_in else "在岗"
