"""What can be done at the desks with several rows at once: each act sets one field of each row to one value."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from catalog.mall.services import objection_to_mark, objection_to_shelf
from catalog.models import LabBatch, Laboratory, Product, Provider
from policy.calendar import today
from records.models import Trailed
from records.rules import RuleBroken

WORDS = {
    "is_marked": {True: "有创新券标识", False: "没有标识"},
    "is_active": {True: "在用", False: "已停用"},
}
UNPUBLISHED = "未公布"


@dataclass(frozen=True)
class Act:
    """One act."""

    name: str
    label: str
    step: str  # what the trail calls it (kind.py)
    field: str
    value: Any  # what is set; a function of none for a day
    tone: str = ""
    objection: Callable[[Any], str] | None = None  # why a row cannot take it; "" where it can
    again: str = ""  # the column of a value that stood there before and comes back
    keeps: str = ""  # the column that keeps what is taken away
    takes_off: bool = False  # whether products leave the shelf: provider and buyers hear of it

    @property
    def new(self) -> Any:
        """What is set now."""
        return self.value() if callable(self.value) else self.value

    @property
    def as_it_is(self) -> Q:
        """Condition on the rows that stand as the act would set them."""
        return Q(**{f"{self.field}__isnull": False}) if self.value is today else Q(**{self.field: self.new})

    def words(self, row: Trailed, value: object) -> str:
        """A value of the field in words."""
        if isinstance(value, dt.date) or value is None:
            return f"{value:%Y-%m-%d} 公布" if value else UNPUBLISHED
        column: Any = row._meta.get_field(self.field)
        known: Any = WORDS.get(self.field) or dict(column.flatchoices)
        return str(known[value])

    def now(self, row: Trailed) -> str:
        """How the row stands."""
        return self.words(row, getattr(row, self.field))

    def then(self, row: Trailed) -> str:
        """How it will stand."""
        return self.words(row, (getattr(row, self.again) if self.again else None) or self.new)

    @property
    def sets(self) -> dict[str, Any]:
        """What is written: a value that stood there before comes back (again), and one that is taken away is kept (keeps)."""
        new = Coalesce(self.again, Value(self.new)) if self.again else self.new
        return {self.field: new} | ({self.keeps: F(self.field)} if self.keeps else {})

    def against(self, row: Trailed) -> str:
        """Why the row stays as it is; "" where the act changes it."""
        held = getattr(row, self.field)
        if held == self.new or (self.value is today and held is not None):
            return f"已经是“{self.now(row)}”，不用改动。"
        return self.objection(row) if self.objection else ""


def asking(objection: Callable[[Any], RuleBroken | None]) -> Callable[[Any], str]:
    """The sentence of what stands against a row; "" where nothing does."""

    def said(row: Trailed) -> str:
        found = objection(row)
        return found.sentence if found else ""

    return said


def never_sold(row: Product) -> str:
    """Why a product that was never on sale is not taken off it."""
    return "还没有上架过，不用下架。" if row.status == Product.Status.DRAFT else ""


Status, Listing = Product.Status, Laboratory.Status
PUBLISH = Act("publish", "上架", "shelf_on", "status", Status.ON_SALE, objection=asking(objection_to_shelf))
WITHDRAW = Act(
    "withdraw", "下架", "shelf_off", "status", Status.WITHDRAWN, "refuse", objection=never_sold, takes_off=True
)
MARK = Act("mark", "加创新券标识", "mark_given", "is_marked", True, objection=asking(objection_to_mark))
UNMARK = Act("unmark", "取消创新券标识", "mark_taken", "is_marked", False, "refuse")
SUSPEND = Act("suspend", "停用", "put_out_of_use", "is_active", False, "refuse", takes_off=True)
RESTORE = Act("restore", "恢复使用", "put_into_use", "is_active", True)
PAUSE = Act("pause", "暂停", "lab_paused", "status", Listing.PAUSED, "refuse", takes_off=True)
REMOVE = Act("remove", "退出名录", "lab_removed", "status", Listing.REMOVED, "refuse", takes_off=True)
LIST = Act("list", "恢复在册", "lab_listed", "status", Listing.LISTED)
ANNOUNCE = Act("announce", "公布", "batch_published", "published_on", today, again="first_published_on")
HIDE = Act("hide", "撤下", "batch_hidden", "published_on", None, "refuse", takes_off=True, keeps="first_published_on")
ACTS: dict[type, tuple[Act, ...]] = {
    Product: (PUBLISH, WITHDRAW, MARK, UNMARK),
    Provider: (SUSPEND, RESTORE),
    Laboratory: (LIST, PAUSE, REMOVE),
    LabBatch: (ANNOUNCE, HIDE),
}
PRODUCTS_OF = {
    Product: "pk",
    Provider: "provider",
    Laboratory: "provider__laboratory",
    LabBatch: "provider__laboratory__batch",
}
NAMED: dict[str, tuple[type, Act]] = {act.name: (model, act) for model, acts in ACTS.items() for act in acts}
