"""A case, an order or a product opens by its number, from wherever one is; reviewers find cases by words, too."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from catalog.models import Product
from records.kinds import case_kinds
from records.people import Person, PersonRequest
from reviews.lists.find import found_by_words
from reviews.lists.views import COLUMNS
from ui.listing import exported
from ui.words import folded

LONGEST = 40  # signs of a number
PRODUCT = "KT"


def thing_of(number: str, user: Person) -> Any:
    """What has this number, if the person may see it; its first letters tell which table to ask."""
    models = [kind.model for kind in case_kinds() if number.startswith(kind.model.PREFIX)]
    found: Any = [*models, *([Product] if number.startswith(PRODUCT) else [])]
    return found[0].objects.visible_to(user).filter(number=number).first() if number and found else None


@exported("查找结果", COLUMNS)
@require_safe
def number_open(request: PersonRequest) -> HttpResponse:
    """Lead to what has the number that was typed; else show a reviewer what the words find, or say that there is nothing."""
    typed = request.GET.get("q", "")[:LONGEST].replace("\0", "").strip()
    thing = thing_of(folded(typed).upper().replace(" ", ""), request.user)
    if thing is not None:
        return redirect(thing)
    return render(request, "tten/find.html", {"number": typed, **found_by_words(request)})
