"""What the pages of 京津冀 show beside the rows themselves."""

from typing import Any

from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest

from catalog.laboratories.filters import CITIES, WAYS, LabFilter
from catalog.mall.facets import Facet, chips, facet
from catalog.mall.pages import crumbs, hidden, page_of
from catalog.models import LabBatch, LabField, Laboratory, LabType, Product, Region
from catalog.querysets import LaboratoryQuerySet
from catalog.search import query_words

SERVICES = 3  # services named on a laboratory's card
LABS = ("京津冀", "lab_list")


def lab_facets(request: HttpRequest) -> list[Facet]:
    """The rows of chips above the laboratories; the cities of Hebei once Hebei is chosen."""
    query = request.GET
    cities = [facet(query, "city", "城市", [(city, city) for city in CITIES])] if query.get("region") == "hebei" else []
    batches = LabBatch.objects.exclude(published_on=None)
    return [
        facet(query, "region", "地区", Region.choices, city=""),
        *cities,
        facet(query, "kind", "类型", LabType.choices),
        facet(query, "field", "领域", LabField.choices),
        facet(query, "batch", "批次", [(batch.number, str(batch)) for batch in batches]),
    ]


def lab_context(request: HttpRequest, found: LabFilter) -> dict[str, Any]:
    """Everything of the laboratory list."""
    page = page_of(request, with_services(found.qs))
    facets, words = lab_facets(request), found.form.cleaned_data.get("q", "")
    for laboratory in page:
        laboratory.services = services_of(laboratory, words)
    return {
        "page": page,
        "found": found,
        "facets": facets,
        **counts(),
        "ways": facet(request.GET, "by", "查找方式", WAYS[1:]),
        "hidden": hidden(request, "q", "by"),
        "way_choices": WAYS,
        "way": request.GET.get("by", ""),
        "chips": chips(request.GET, facets, {"q": ("关键词", words)}),
        "crumbs": crumbs(LABS),
    }


def counts() -> dict[str, int]:
    """How many laboratories the list names, and how many of them take orders now; never a typed figure."""
    named = Laboratory.objects.published().exclude(status=Laboratory.Status.REMOVED)
    return named.aggregate(total=Count("pk"), listed=Count("pk", filter=Q(status=Laboratory.Status.LISTED)))


def with_services(laboratories: LaboratoryQuerySet) -> LaboratoryQuerySet:
    """Laboratories with what a card shows, in two queries."""
    services = Prefetch("provider__products", Product.objects.filter(status=Product.Status.ON_SALE))
    return laboratories.select_related("provider", "batch").prefetch_related(services)


def services_of(laboratory: Laboratory, words: str) -> str:
    """The names of a few services, those first that hold the searched words."""
    wanted = query_words(words)
    names = [product.name for product in laboratory.provider.products.all()]
    names.sort(key=lambda name: not any(word in name.lower() for word in wanted))
    return "、".join(names[:SERVICES]) + ("等" if len(names) > SERVICES else "")
