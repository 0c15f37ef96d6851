"""产品导航: the two levels of categories, read in one query."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from catalog.models import Category


@dataclass
class Branch:
    """A category of the first level with those below it."""

    category: Category
    children: list[Category] = field(default_factory=list)


class Navigation:
    """The tree, and the category of this code; `current` is None where no category has it."""

    def __init__(self, code: str = "") -> None:
        categories = {category.pk: category for category in Category.objects.all()}
        tops = [category for category in categories.values() if category.parent_id is None]
        self.branches = [Branch(category) for category in tops]
        self.current = next((category for category in categories.values() if category.code == code), None)
        branch_of = {branch.category.pk: branch for branch in self.branches}
        for category in categories.values():
            if category.parent_id in branch_of:
                branch_of[category.parent_id].children.append(category)
        if self.current is not None:
            self.current.parent = categories.get(self.current.parent_id or 0)

    @property
    def drawn(self) -> SafeString:
        """产品导航 as every page of the mall has it; drawn once for what it holds and shows."""
        rows = tuple(
            (category.code, category.name, category.may_be_marked, top)
            for branch in self.branches
            for top, category in [(True, branch.category), *((False, leaf) for leaf in branch.children)]
        )
        return drawn(rows, self.current.code if self.current else "")

    def leaf_choices(self) -> list[tuple[str, list[tuple[int, str]]]]:
        """Choices of a select, grouped by the first level: only categories with none below them hold products."""
        return [
            (branch.category.name, [(leaf.pk, leaf.name) for leaf in branch.children or [branch.category]])
            for branch in self.branches
        ]


@lru_cache(maxsize=128)
def drawn(rows: tuple[tuple[str, str, bool, bool], ...], current: str) -> SafeString:
    """The tree of these rows (code, name, whether it may be marked, whether of the first level), at the category of this code."""
    branches: list[dict[str, Any]] = []
    for code, name, is_marked, is_top in rows:
        row = {"code": code, "name": name, "is_marked": is_marked, "is_here": code == current, "below": []}
        (branches if is_top else branches[-1]["below"]).append(row)
    for branch in branches:
        branch["is_open"] = branch["is_here"] or any(leaf["is_here"] for leaf in branch["below"])
    return render_to_string("catalog/product_nav.html", {"branches": branches, "is_whole": not current})


def with_marks(top: str, leaves: list[Category]) -> tuple[str, list[str]]:
    """The name of the first level and those below it; 券 stands where the mark may be borne: once, if all may."""
    bearing = [leaf.may_be_marked for leaf in leaves]
    if all(bearing):
        return f"{top}（券）", [str(leaf) for leaf in leaves]
    return top, [f"{leaf}（券）" if leaf.may_be_marked else str(leaf) for leaf in leaves]
