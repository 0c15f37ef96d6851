"""科淘订单: every state and every arrow. Drawn in docs/states.md."""

from typing import ClassVar

from django.db import models
from django_fsm import FSMField

from orders.permissions import is_buyer, is_provider
from records.arrows import arrow
from records.models import Case
from records.people import Person
from records.states import S, States


class State(models.TextChoices):
    """Where an order stands (domain.md §5.2)."""

    PLACED = "placed", "待服务机构确认"
    SERVING = "serving", "服务中"
    COMPLETED = "completed", "已完成"
    DECLINED = "declined", "服务机构未接单"
    CANCELLED = "cancelled", "已取消"


class OrderWorkflow(Case):
    """The machine of an order."""

    STATES: ClassVar[States] = {
        State.PLACED: S("underway", line="提交订单"),
        State.SERVING: S("underway", line="服务机构确认"),
        State.COMPLETED: S("done", line="服务完成"),
        State.DECLINED: S("refused", dead=True),
        State.CANCELLED: S("ended", dead=True),
    }

    state = FSMField("状态", choices=State, default=State.PLACED, protected=True)

    class Meta:
        abstract = True

    @arrow(source=State.PLACED, target=State.SERVING, permission=is_provider)
    def confirm(self, *, by: Person) -> None:
        """The provider takes the order."""

    @arrow(source=State.PLACED, target=State.DECLINED, permission=is_provider)
    def decline(self, *, by: Person) -> None:
        """The provider does not take the order, and says why."""

    @arrow(source=State.SERVING, target=State.COMPLETED, permission=is_provider)
    def complete(self, *, by: Person) -> None:
        """The work is done."""

    @arrow(source=[State.PLACED, State.SERVING], target=State.CANCELLED, permission=is_buyer)
    def cancel(self, *, by: Person) -> None:
        """The buyer gives the order up."""
