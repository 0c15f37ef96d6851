"""收藏: a person's own list of services, for nobody else's eyes."""

from django.db.models import Exists, OuterRef

from catalog.models import Favourite, Product
from records.doors import door
from records.people import Person, Visitor
from records.rules import RuleBroken

MOST = 200  # services of one person
TOO_MANY = f"最多收藏 {MOST} 个服务，这个没有放入。请先在【收藏的服务】里移除不再需要的。"
COLUMNS = {
    "编号": "product.number",
    "产品": "product.name",
    "服务机构": "product.provider.name",
    "现在的参考价格（元）": "product.price",
    "收藏时的参考价格（元）": "price",
    "变化": "change_words",
    "收藏时间": "added_at",
}


@door
def favour(product: Product, *, by: Person) -> bool:
    """Keep the service in the person's sight at its price of now; False where it was there already."""
    own = Favourite.objects.filter(user=by)
    if own.filter(product=product).exists():
        return False
    if own.count() >= MOST:
        raise RuleBroken("R-MANY", TOO_MANY)
    return Favourite.objects.get_or_create(user=by, product=product, defaults={"price": product.price})[1]


@door
def let_go_of(product: Product, *, by: Person) -> None:
    """Take the service out of the person's list."""
    Favourite.objects.filter(user=by, product=product).delete()


def in_sight_of(user: Visitor) -> Exists:
    """Of products: whether this visitor keeps each in sight."""
    return Exists(Favourite.objects.filter(user=user.pk, product=OuterRef("pk")))
