"""企业需求: every state and every arrow. Drawn in docs/states.md."""

from typing import ClassVar

from django.db import models
from django_fsm import FSMField

from orders.wanted.permissions import is_curator, is_not_over, is_wanted_in_time, is_wanting
from records.arrows import arrow
from records.models import Case
from records.people import Person
from records.states import S, States
from reviews.permissions import is_clock


class State(models.TextChoices):
    """Where a need stands (ADR 0212)."""

    PENDING = "pending", "待平台审核"
    OPEN = "open", "征集中"
    ORDERED = "ordered", "已下单"
    REFUSED = "refused", "未公布"
    CLOSED = "closed", "已关闭"
    EXPIRED = "expired", "已到期"


class WantedWorkflow(Case):
    """The machine of a need."""

    STATES: ClassVar[States] = {
        State.PENDING: S("underway", line="提交需求"),
        State.OPEN: S("underway", line="公布并征集报价"),
        State.ORDERED: S("done", line="选定并下单"),
        State.REFUSED: S("yours"),
        State.CLOSED: S("ended", dead=True),
        State.EXPIRED: S("ended", dead=True),
    }

    state = FSMField("状态", choices=State, default=State.PENDING, protected=True)

    class Meta:
        abstract = True

    @arrow(source=State.PENDING, target=State.OPEN, permission=is_curator, conditions=[is_wanted_in_time])
    def publish(self, *, by: Person) -> None:
        """The platform shows it to everybody, without the firm's name."""

    @arrow(source=State.PENDING, target=State.REFUSED, permission=is_curator)
    def refuse(self, *, by: Person) -> None:
        """The platform does not show it, and says why."""

    @arrow(source=State.REFUSED, target=State.PENDING, permission=is_wanting, conditions=[is_wanted_in_time])
    def submit(self, *, by: Person) -> None:
        """The firm has mended what was not shown and hands it in again."""

    @arrow(source=[State.PENDING, State.OPEN, State.REFUSED], target=State.CLOSED, permission=is_wanting)
    def close(self, *, by: Person) -> None:
        """The firm looks for it no more."""

    @arrow(source=State.OPEN, target=State.ORDERED, permission=is_wanting, conditions=[is_not_over])
    def order(self, *, by: Person) -> None:
        """The firm orders what one of the providers has offered."""

    @arrow(source=State.OPEN, target=State.EXPIRED, permission=is_clock)
    def expire(self, *, by: Person) -> None:
        """Its last day is past."""
