"""Who sees what of the mall, and how it is searched."""

from typing import Any

from django.db import models


def words_of(query: str) -> list[str]:
    """The search words: split at white space, lower-cased, at most eight."""
    return query.lower().split()[:8]


class SearchedQuerySet(models.QuerySet[Any]):
    """A table with a `search_text`."""

    def search(self, query: str) -> Any:
        """Rows that hold every word, in any order; two Chinese characters are a usual word (domain.md §8)."""
        found = self
        for word in words_of(query):
            found = found.filter(search_text__contains=word)
        return found


class ProductQuerySet(SearchedQuerySet):
    """Reading rules of products."""

    def on_shelf(self) -> "ProductQuerySet":
        """What a visitor may see: on sale, of an active provider."""
        return self.filter(status="on_sale", provider__is_active=True)

    def visible_to(self, user: Any) -> "ProductQuerySet":
        """The shelf, and the own providers' products in any status."""
        own = models.Q(provider__unit__memberships__user=user.pk) if user.is_authenticated else models.Q(pk=None)
        return self.filter(models.Q(status="on_sale", provider__is_active=True) | own).distinct()

    def kept_by(self, user: Any) -> "ProductQuerySet":
        """The products that the person keeps as a provider's member."""
        return self.filter(provider__unit__memberships__user=user)


class LaboratoryQuerySet(SearchedQuerySet):
    """Reading rules of laboratories."""

    def listed(self) -> "LaboratoryQuerySet":
        """在册, of a published batch."""
        return self.filter(status="listed", batch__published_on__isnull=False)


class ProviderQuerySet(models.QuerySet[Any]):
    """Reading rules of providers."""

    def kept_by(self, user: Any) -> "ProviderQuerySet":
        """The providers whose desk the person keeps."""
        return self.filter(unit__memberships__user=user)
