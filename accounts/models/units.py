"""The units that people act for, and who belongs to them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models.facts import UnitFacts, UnitSnapshot
from accounts.querysets import UnitQuerySet
from accounts.workflow import State, UnitWorkflow
from records.people import Person
from reviews.models import Office
from reviews.offices import platform_office


class Unit(UnitFacts, UnitWorkflow):
    """A legal person on the site; its own certification is the case."""

    PREFIX = "RZ"
    BESIDE = ("district", "licence")

    certified_as: Any = models.ForeignKey(
        UnitSnapshot,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        verbose_name="最近认证记录",
        related_name="+",
    )
    held_uscc = models.CharField(
        "占用的代码", max_length=18, blank=True, editable=False
    )  # the code as handed in last: a draft holds none, a change of it none before it is handed in
    licence_reminded_on = models.DateField("证照到期提醒日期", null=True, blank=True)
    code_admitted_at = models.DateTimeField(
        "代码核验时间", null=True, blank=True
    )  # a wrong check digit, on paper proof
    code_admitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="代码核验人", related_name="+"
    )
    code_admitted_words = models.CharField("代码核验理由", max_length=500, blank=True)
    members: Any = models.ManyToManyField(settings.AUTH_USER_MODEL, through="UnitMember", related_name="units")

    known_roles: Mapping[int, str] = MappingProxyType({})  # person → role, of a unit that was just read for this person

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        ordering = ("-updated_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["held_uscc"],
                condition=~Q(state=State.REJECTED) & ~Q(held_uscc=""),
                name="unit_one_per_credit_code",
                violation_error_message="该统一社会信用代码的单位已在本站登记。",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="unit_state_known"),
            models.CheckConstraint(
                condition=Q(code_admitted_at=None) | ~Q(code_admitted_words=""), name="unit_code_admitted_with_words"
            ),
            models.CheckConstraint(
                condition=Q(licence_permanent=False) | Q(licence_until=None),
                name="unit_licence_ends_or_does_not",
                violation_error_message="证照长期有效的，没有到期日；有到期日的，不是长期有效。",
            ),
        )

    def get_absolute_url(self) -> str:
        """The unit's certification page."""
        return reverse("certification_detail", args=[self.number])

    def get_members_url(self) -> str:
        """The page of its people."""
        return reverse("member_list", args=[self.number])

    @property
    def title(self) -> str:
        """What an inbox calls the case."""
        return f"单位认证：{self.name}"

    @property
    def unit_name(self) -> str:
        """Whose case it is."""
        return self.name

    @property
    def search_words(self) -> tuple[str, ...]:
        """The credit code, too."""
        return (*super().search_words, self.uscc)

    @property
    def is_alive(self) -> bool:
        """Not refused for good."""
        return str(self.state) not in self.DEAD

    @property
    def is_certified(self) -> bool:
        """Whether the unit may apply."""
        return bool(self.state == State.CERTIFIED)

    @property
    def is_expired(self) -> bool:
        """Whether the unit has to certify again: 需重新认证."""
        return bool(self.state == State.EXPIRED)

    @property
    def is_frozen(self) -> bool:
        """Whether the unit may start nothing new."""
        return bool(self.state == State.FROZEN)

    def turn_office(self) -> Office:
        """The platform reviews certifications."""
        return platform_office()

    def has_member(self, user: Person) -> bool:
        """Whether the person belongs to the unit."""
        return bool(self.role_of(user))

    def role_of(self, user: Person) -> str:
        """What the person is in the unit: admin, handler or reader; "" for anybody else."""
        if user.pk in self.known_roles:
            return self.known_roles[user.pk]
        return self.memberships.filter(user=user).values_list("role", flat=True).first() or ""

    def know(self, user: Person) -> None:
        """Remember for one page what the person is in the unit, from what the frame of the page asks anyway."""
        roles = {membership.unit_id: membership.role for membership in memberships_of(user)}
        self.known_roles = {user.pk: roles.get(self.pk, "")}


class UnitMember(models.Model):
    """A person's membership in a unit."""

    class Role(models.TextChoices):
        """What the person may do there."""

        ADMIN = "admin", "管理员"
        HANDLER = "handler", "经办人"
        READER = "reader", "只读"

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="memberships", verbose_name="单位")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="unit_memberships", verbose_name="人员"
    )
    role = models.CharField("角色", max_length=10, choices=Role, default=Role.HANDLER)
    since = models.DateTimeField("加入时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "单位成员"
        constraints = (
            models.UniqueConstraint(fields=["unit", "user"], name="unit_member_once"),
            models.CheckConstraint(condition=Q(role__in=("admin", "handler", "reader")), name="unit_member_role_known"),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.unit}"

    def get_absolute_url(self) -> str:
        """Where news of a membership leads; the unit itself may be closed to the person by then."""
        return reverse("unit_list")


def memberships_of(user: Person) -> list[UnitMember]:
    """What the person is in units, the first that he took before the others; asked once for each request, for pages alone."""
    if "memberships_shown" not in vars(user):
        rows = UnitMember.objects.filter(user=user).select_related("unit").order_by("since", "pk")
        vars(user)["memberships_shown"] = list(rows)
    shown: list[UnitMember] = vars(user)["memberships_shown"]
    return shown
