"""产品导航: the two levels of categories, read in one query."""

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from catalog.models import Category
from ui.reading import aside

COLUMNS = ("id", "code", "name", "parent_id", "may_be_marked", "order")  # all of a category, as the model has them
Row = tuple[int, str, str, int | None, bool, int]


@dataclass
class Branch:
    """A category of the first level with those below it."""

    category: Category
    children: list[Category] = field(default_factory=list)


class Navigation:
    """The tree, and the category of this code; `current` is None where no category has it."""

    def __init__(self, code: str = "") -> None:
        self.rows: tuple[Row, ...] = tuple(aside(Category.objects.values_list(*COLUMNS)))
        self.code = code

    @cached_property
    def categories(self) -> dict[int, Category]:
        """All of them by their keys, in their order."""
        return {row[0]: Category.from_db(None, COLUMNS, row) for row in self.rows}

    @cached_property
    def branches(self) -> list[Branch]:
        """The first level, each with those below it."""
        tops = [category for category in self.categories.values() if category.parent_id is None]
        branches = {category.pk: Branch(category) for category in tops}
        for category in self.categories.values():
            if category.parent_id in branches:
                branches[category.parent_id].children.append(category)
        return list(branches.values())

    @cached_property
    def current(self) -> Category | None:
        """The category that is chosen, with that above it."""
        found = next((self.categories[row[0]] for row in self.rows if row[1] == self.code), None)
        if found is not None:
            found.parent = self.categories.get(found.parent_id or 0)
        return found

    @property
    def drawn(self) -> SafeString:
        """产品导航 as every page of the mall has it; drawn once for what it holds and shows."""
        return drawn(self.rows, self.current.code if self.current else "")

    def leaf_choices(self) -> list[tuple[str, list[tuple[int, str]]]]:
        """Choices of a select, grouped by the first level: only categories with none below them hold products."""
        return [
            (branch.category.name, [(leaf.pk, leaf.name) for leaf in branch.children or [branch.category]])
            for branch in self.branches
        ]


@lru_cache(maxsize=128)
def drawn(rows: tuple[Row, ...], current: str) -> SafeString:
    """The tree of these rows, at the category of this code."""
    branches: dict[int, dict[str, Any]] = {}
    for is_top in (True, False):
        for key, code, name, above, is_marked, _ in rows:
            row = {"code": code, "name": name, "is_marked": is_marked, "is_here": code == current, "below": []}
            if is_top and above is None:
                branches[key] = row
            elif not is_top and above in branches:
                branches[above]["below"].append(row)
    for branch in branches.values():
        branch["is_open"] = branch["is_here"] or any(leaf["is_here"] for leaf in branch["below"])
    return render_to_string("catalog/product_nav.html", {"branches": list(branches.values()), "is_whole": not current})


def with_marks(top: str, leaves: list[Category]) -> tuple[str, list[str]]:
    """The name of the first level and those below it; 券 stands where the mark may be borne: once, if all may."""
    bearing = [leaf.may_be_marked for leaf in leaves]
    if all(bearing):
        return f"{top}（券）", [str(leaf) for leaf in leaves]
    return top, [f"{leaf}（券）" if leaf.may_be_marked else str(leaf) for leaf in leaves]
