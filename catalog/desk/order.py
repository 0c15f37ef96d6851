"""The order of the categories in 产品导航."""

from catalog.models import Category
from records.doors import door
from records.people import Person
from records.rules import RuleBroken
from records.steps import write


@door
def move_category(category: Category, *, up: bool, by: Person) -> None:
    """Change places with the neighbour of the same level; all of them get numbers that tell them apart."""
    siblings = list(Category.objects.filter(parent=category.parent_id).select_for_update(no_key=True))
    places = [sibling.pk for sibling in siblings]
    here = places.index(category.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(siblings):
        raise RuleBroken("R-ORDER", f"“{category}”已经在这一级的{'最前面' if up else '最后面'}。")
    siblings[here], siblings[there] = siblings[there], siblings[here]
    for number, sibling in enumerate(siblings, start=1):
        sibling.order = number
    Category.objects.bulk_update(siblings, ["order"])
    write(category, "row_changed", by=by, text="上移一位" if up else "下移一位")
