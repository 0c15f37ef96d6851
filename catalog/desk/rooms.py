"""The lists of the curator: what each shows, how it is narrowed, and what can be done with its rows."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse

from catalog.desk import filters, forms
from catalog.desk.acts import ACTS, PUBLISH, WITHDRAW, Act
from catalog.models import Category, LabBatch, Laboratory, Product, Provider
from ui.spans import Order

NEWEST = Order(("id",), descending=True)


@dataclass(frozen=True)
class Room:
    """One list with its rows."""

    name: str  # of its address: curator_<name>
    title: str
    about: str
    model: type[Any]
    filter: type[Any]
    form: type[Any]
    template: str
    beside: tuple[str, ...] = ()  # what a row shows of others
    key: str = "pk"
    home: str = ""
    acts: tuple[Act, ...] = field(default=())
    order: Order = NEWEST

    @property
    def url(self) -> str:
        """The list."""
        return reverse(self.home or f"curator_{self.name}")

    @property
    def act_url(self) -> str:
        """Where an act on rows is shown before it is done."""
        return reverse(f"{self.home or f'curator_{self.name}'}_act")

    def act(self, name: str) -> Act | None:
        """The act of this name."""
        return next((act for act in self.acts if act.name == name), None)

    def faces(self, rows: list[Any]) -> list[Any]:
        """The rows with what the list shows of them, in the order of the keys."""
        found = self.rows.select_related(*self.beside).order_by().in_bulk([row.pk for row in rows])
        return [found[row.pk] for row in rows if row.pk in found]

    @property
    def rows(self) -> QuerySet[Any]:
        """All of them."""
        rows: QuerySet[Any] = self.model._default_manager.all()
        return rows

    def row_url(self, row: Model) -> str:
        """The page of one row."""
        return reverse(f"curator_{self.name}_row", args=[getattr(row, self.key)])


PRODUCTS = Room(
    "products",
    "产品",
    "全部产品，最新的在前。选中若干行后，可以一起上架、下架或核定创新券标识。",
    Product,
    filters.ProductFilter,
    forms.ProductCurationForm,
    "desk/products.html",
    beside=("provider__laboratory__batch", "category__parent"),
    key="number",
    acts=ACTS[Product],
)
OWN = Room(
    "products",
    "我的产品",
    "",
    Product,
    filters.OwnProductFilter,
    forms.ProductCurationForm,
    "desk/own_products.html",
    beside=("provider", "category__parent"),
    key="number",
    home="provider_product_list",
    acts=(PUBLISH, WITHDRAW),
)
ROOMS: dict[str, Room] = {
    room.name: room
    for room in (
        PRODUCTS,
        Room(
            "providers",
            "服务机构",
            "停用的机构不再出现在科淘，它的产品不接受新订单。",
            Provider,
            filters.ProviderFilter,
            forms.ProviderCurationForm,
            "desk/providers.html",
            beside=("unit", "laboratory"),
            acts=ACTS[Provider],
        ),
        Room(
            "laboratories",
            "京津冀实验室",
            "名录里的开放实验室；退出名录的保留原记录，已有订单照常查看。",
            Laboratory,
            filters.LaboratoryFilter,
            forms.LaboratoryCurationForm,
            "desk/laboratories.html",
            beside=("provider", "batch"),
            key="number",
            acts=ACTS[Laboratory],
        ),
        Room(
            "batches",
            "实验室批次",
            "没有公布的批次，其中的实验室不在名录里显示。",
            LabBatch,
            filters.BatchFilter,
            forms.BatchCurationForm,
            "desk/batches.html",
            acts=ACTS[LabBatch],
        ),
        Room(
            "categories",
            "产品类别",
            "产品导航的两级类别，按显示的先后排列。用上移、下移调整次序。",
            Category,
            filters.CategoryFilter,
            forms.CategoryCurationForm,
            "desk/categories.html",
            beside=("parent",),
        ),
    )
}
