"""A case of a unit: whose it is, and what it keeps of that unit from the day on which it was handed in."""

import datetime as dt
from functools import cached_property
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Unit, UnitSnapshot
from policy.models import PolicyVersion
from records.people import Person
from reviews.models import District, ReviewedCase


class UnitCase(ReviewedCase):
    """A case of a unit."""

    ABOUT: ClassVar[str] = ""  # the case whose service it is about, where that is another one
    PAGES: ClassVar[str]  # what the names of its pages begin with: <this>_edit, <this>_submit

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="%(class)ss", verbose_name="申请单位")
    submitted_at = models.DateTimeField("首次提交时间", null=True, blank=True)

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """The page of the case."""
        return reverse(f"{self.PAGES}_detail", args=[self.number])

    @property
    def handed_in_at(self) -> dt.datetime:
        """When it was handed in first; of a draft this moment, as if it were handed in now."""
        return self.submitted_at or timezone.now()

    @property
    def certified(self) -> Unit | UnitSnapshot:
        """The unit as the case shows and prints it."""
        return self.unit

    @property
    def unit_name(self) -> str:
        """Whose case it is."""
        return self.certified.name

    @property
    def search_words(self) -> tuple[str, ...]:
        """The credit code and what is known of the service, too."""
        return (*super().search_words, self.unit.uscc, *self.about.service[1])

    @property
    def category_name(self) -> str:
        """That of the service."""
        return self.about.service[0]

    @property
    def about(self) -> "UnitCase":
        """The case that knows the service: itself, or the one that it rests on."""
        case: UnitCase = getattr(self, self.ABOUT) if self.ABOUT else self
        return case

    @property
    def service(self) -> tuple[str, tuple[str, ...]]:
        """(its category, words by which it is looked for), of a case that orders one."""
        return "", ()

    def has_member(self, user: Person) -> bool:
        """Whether the person belongs to the unit."""
        return bool(self.role_of(user))

    def role_of(self, user: Person) -> str:
        """What the person is in the unit; "" for anybody else."""
        if user.pk not in self._roles:
            self._roles[user.pk] = self.unit.role_of(user)
        return self._roles[user.pk]

    @cached_property
    def _roles(self) -> dict[int, str]:
        """Person → role in the unit, as far as asked: one page asks this many times."""
        return {}


def submitted_exactly(machine: type[models.Model], name: str, *columns: str) -> models.CheckConstraint:
    """These columns are filled when the case was handed in, and not before; a draft may end without them."""
    filled = Q(**{f"{column}__isnull": False for column in columns})
    empty = Q(**{f"{column}__isnull": True for column in columns})
    drafts, ends = sorted(vars(machine)["DRAFTS"]), sorted(ends_of_drafts(machine))
    handed_in = ~Q(state__in=drafts) & filled
    ended = Q(state__in=[*drafts, *ends]) & empty
    return models.CheckConstraint(condition=handed_in | ended, name=f"{name}_submitted_exactly")


def ends_of_drafts(machine: type[models.Model]) -> set[str]:
    """The states in which a draft ends that was never handed in."""
    drafts, dead = vars(machine)["DRAFTS"], vars(machine)["DEAD"]
    verbs = [verb._django_fsm.transitions for verb in vars(machine).values() if hasattr(verb, "_django_fsm")]
    targets = {arrow.target for arrows in verbs for source, arrow in arrows.items() if source in drafts}
    return {str(target) for target in targets if target in dead}


class TermsCase(UnitCase):
    """A case that runs under a version of the policy, and whose money and contract are watched over a return."""

    snapshot = models.ForeignKey(
        UnitSnapshot, models.PROTECT, null=True, blank=True, verbose_name="提交时的单位资料", related_name="+"
    )
    district = models.ForeignKey(District, models.PROTECT, null=True, verbose_name="受理区", related_name="+")
    policy = models.ForeignKey(
        PolicyVersion, models.PROTECT, null=True, blank=True, verbose_name="政策版本", related_name="+"
    )
    submitted_terms = models.JSONField("提交时的金额与合同", default=dict, blank=True)
    due_on = models.DateField("截止日期", null=True, blank=True)  # of a correction, the stamped form or 申请复核
    appealed_from = models.CharField("申请复核前的状态", max_length=50, blank=True, editable=False)  # of the last one

    class Meta:
        abstract = True

    @property
    def certified(self) -> Unit | UnitSnapshot:
        """The unit as certified at the first submission, which the case keeps; of a draft the unit as it is."""
        return self.snapshot or self.unit

    @property
    def rules(self) -> PolicyVersion:
        """The policy version under which the case runs; of a draft the one in force."""
        return self.policy or PolicyVersion.objects.in_force()

    def rules_since(self, _moment: dt.datetime) -> PolicyVersion:
        """The same version all along."""
        return self.rules

    def days_to_act(self) -> int:
        """Working days that the unit has where it is its turn, or where it may ask for 复核."""
        return self.rules.correction_days if self.standing.returned else self.rules.appeal_days

    @property
    def terms(self) -> dict[str, Any]:
        """What is watched, as it stands: if it changes, a mended case starts at 区初审 again (domain.md §5)."""
        raise NotImplementedError

    @property
    def terms_changed(self) -> bool:
        """Whether any of them differs from what was last handed in."""
        return bool(self.changed_terms)

    @property
    def changed_terms(self) -> set[str]:
        """Which of them differ; what was not yet kept when the case was last handed in, or is no longer, counts for nothing."""
        now = self.terms
        return {name for name, value in self.submitted_terms.items() if name in now and now[name] != value}
