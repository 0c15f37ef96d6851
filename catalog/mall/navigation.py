"""产品导航: the two levels of categories, read in one query."""

from dataclasses import dataclass, field

from catalog.models import Category


@dataclass
class Branch:
    """A category of the first level with those below it."""

    category: Category
    children: list[Category] = field(default_factory=list)
    is_open: bool = False  # holds the category that is shown


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
            top = self.current.parent_id or self.current.pk
            self.current.parent = categories[top] if self.current.parent_id else None
            branch_of[top].is_open = True

    def leaf_choices(self) -> list[tuple[str, list[tuple[int, str]]]]:
        """Choices of a select, grouped by the first level: only categories with none below them hold products."""
        return [
            (branch.category.name, [(leaf.pk, leaf.name) for leaf in branch.children or [branch.category]])
            for branch in self.branches
        ]


def with_marks(top: str, leaves: list[Category]) -> tuple[str, list[str]]:
    """The name of the first level and those below it; 券 stands where the mark may be borne: once, if all may."""
    bearing = [leaf.may_be_marked for leaf in leaves]
    if all(bearing):
        return f"{top}（券）", [str(leaf) for leaf in leaves]
    return top, [f"{leaf}（券）" if leaf.may_be_marked else str(leaf) for leaf in leaves]
