"""An article is sent to chosen firms: the draft begins with its title, its first words and its address."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict

from news.models import Article
from ui.forms import SayingMixin

MOST_OFFERED = 20  # articles, the latest


class QuoteForm(SayingMixin, forms.Form):
    """Which article the draft shall begin with; what is no article that everybody reads quotes nothing."""

    article = forms.ModelChoiceField(label="引用已发布的文章", queryset=Article.objects.none(), empty_label="请选择")

    def __init__(self, data: QueryDict) -> None:
        """data: the query of the page."""
        super().__init__(data if "article" in data else None)
        self.fields["article"].queryset = Article.objects.shown()
        latest = Article.objects.shown().only("title").order_by("-shown_from")[:MOST_OFFERED]
        self.fields["article"].choices = [("", "请选择"), *((article.pk, article.title) for article in latest)]

    def quoted(self) -> dict[str, Any]:
        """What the draft begins with: {} where nothing was chosen."""
        article = self.cleaned_data["article"] if self.is_bound and self.is_valid() else None
        if article is None:
            return {}
        address = f"{settings.SITE_URL}{article.get_absolute_url()}"
        return {"title": article.title, "words": f"{article.begins}\n\n全文：{address}"}
