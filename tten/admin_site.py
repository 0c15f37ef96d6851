"""The administration as a whole: its words and its door."""

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.admin import AdminSite, ModelAdmin, ShowFacets
from django.contrib.admin.options import FORMFIELD_FOR_DBFIELD_DEFAULTS
from django.contrib.admin.utils import lookup_spawns_duplicates
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.offices.duties.services import may_enter_administration
from records.doors import whole
from tten.admin_money import MoneyMixin
from tten.admin_seen import SeenMixin
from ui.fields import DateField, LandlineField, NameField, PersonField, TitleField, refuse_own_signs
from ui.filters import refusal_of
from ui.paging import MOST, BoundedPaginator, ListPages
from ui.sayings import CHOOSE, name_nothing
from ui.widgets import DateInput
from ui.words import in_columns, query_words

NAMES = {  # column → how a name, or a number of an institution, is judged there
    "catalog.Provider.name": NameField,
    "catalog.Laboratory.host_name": NameField,
    "reviews.Office.name": NameField,
    "catalog.Product.name": TitleField,
    "catalog.Provider.phone": LandlineField,
    "reviews.Office.phone": LandlineField,
    "catalog.Provider.legal_representative": PersonField,
    "accounts.User.name": PersonField,
}
FORMFIELD_FOR_DBFIELD_DEFAULTS[models.DateField] = {"form_class": DateField, "widget": DateInput}  # with a range


if TYPE_CHECKING:  # what it is mixed into
    Page = ModelAdmin[Any]
    Pages = ModelAdmin[Any]
else:
    Page, Pages = object, ModelAdmin


class PagedMixin(Page):
    """A page of the administration whose list answers as every list of the portal does, and costs the same however long it is."""

    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    paginator = BoundedPaginator

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The list that knows where it ends."""
        return ListPages

    def response_action(self, request: HttpRequest, queryset: QuerySet[Any], *more: Any) -> Any:
        """An act on all rows that were found is on those that were counted."""
        counted = list(queryset.values_list("pk", flat=True)[: MOST + 1])
        found = queryset.filter(pk__in=counted[:MOST]) if len(counted) > MOST else queryset
        return super().response_action(request, found, *more)

    def get_action_choices(self, request: HttpRequest, *_given: Any) -> Any:
        """The acts on chosen rows, below 请选择."""
        return super().get_action_choices(request, [("", CHOOSE)])

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The field of a form, with 请选择 for nothing; a name is judged as everywhere, no text holds what one machine knows alone."""
        is_text = isinstance(db_field, models.CharField | models.TextField) and not db_field.choices
        if str(db_field) in NAMES:
            kwargs.setdefault("form_class", NAMES[str(db_field)])
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        name_nothing(field)
        if is_text and field is not None:
            field.validators = [*field.validators, refuse_own_signs]
        return field


class SearchedPages(Pages):
    """Stands behind a page's own class, before Django's: its list is searched as every list of the portal is."""

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> tuple[Any, bool]:
        """The rows that hold each word, and whether one may come twice; a column with a sign before it is asked as Django does."""
        columns = [column for column in self.get_search_fields(request) if column[0].isalpha()]
        if not columns:
            return super().get_search_results(request, queryset, " ".join(query_words(search_term)))
        refusal = refusal_of(search_term)
        if refusal and "autocomplete" not in request.path:
            messages.warning(request, refusal)
        asked = in_columns("" if refusal else search_term, *columns)
        return queryset.filter(asked), bool(asked) and any(
            lookup_spawns_duplicates(self.opts, column) for column in columns
        )


class TtenAdminSite(AdminSite):
    """后台管理: entered by the portal's own door, and by duty."""

    site_header = "天津市科技创新券服务系统 · 后台管理"
    site_title = "后台管理"
    index_title = "业务与帐号管理"

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the administration is open to the person: a duty, the first set-up, or 市科技局 for the policy."""
        return request.user.is_authenticated and may_enter_administration(request.user)

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        """A form that is sent is one act: the verbs behind it stand or fall together, and are carried out once."""

        @wraps(view)
        def carried_out(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            with whole() if request.method == "POST" else nullcontext():
                return view(request, *args, **kwargs)

        return super().admin_view(carried_out, cacheable)

    def register(
        self,
        model_or_iterable: type[models.Model] | Iterable[type[models.Model]],
        admin_class: "type[ModelAdmin[Any]] | None" = None,
        **options: Any,
    ) -> None:
        """Keep the rows' pages as they are said, with lists that know where they end."""
        base = admin_class or ModelAdmin
        own = () if base is ModelAdmin else (base,)
        bases: tuple[type[Any], ...] = (PagedMixin, MoneyMixin, SeenMixin, *own, SearchedPages)
        super().register(model_or_iterable, type(base.__name__, bases, {}), **options)

    @login_not_required
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The portal's own door with its limits, for a visitor; whoever has no business here is told so."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))
