"""服务评价 as the institution and the curator keep them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import Duty
from catalog.models import Provider, Rating
from catalog.models.ratings import ENOUGH
from catalog.ratings import services
from catalog.ratings.forms import AnswerForm, HideForm
from records.people import Person, PersonRequest
from records.rules import RuleBroken
from ui.paging import page_of


def is_curator(user: Person) -> bool:
    """Whether all of them are the person's to keep."""
    return user.duty == Duty.CATALOG


@require_GET
def rating_list(request: PersonRequest) -> HttpResponse:
    """Those of the own institutions, or all, the latest first."""
    if not is_curator(request.user) and not Provider.objects.kept_by(request.user).exists():
        raise Http404
    rows = Rating.objects.kept_by(request.user).select_related("product", "provider")
    context = {"page": page_of(request, rows), "curates": is_curator(request.user), "few": ENOUGH}
    return render(request, "catalog/rating_list.html", context | {"crumbs": crumbs("")})


def crumbs(here: str) -> list[tuple[str, str]]:
    """From 用户中心 to the page."""
    listed = ("服务评价", reverse("rating_list") if here else "")
    return [("用户中心", reverse("user_center")), listed, *([(here, "")] if here else [])]


@require_http_methods(["GET", "POST"])
def rating_answer(request: PersonRequest, pk: int) -> HttpResponse:
    """The institution's answer."""
    rows = Rating.objects.answerable_by(request.user).filter(pk__in=Rating.objects.kept_by(request.user))
    rating = get_object_or_404(rows.select_related("product", "provider"), pk=pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_rating(rating, form.cleaned_data["answer"], by=request.user)
        except RuleBroken as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "已回复，会和这条评价一起公开显示。")
            return redirect("rating_list")
    return form_page(request, rating, form, "回复评价")


@require_http_methods(["GET", "POST"])
def rating_hide(request: PersonRequest, pk: int) -> HttpResponse:
    """Hide it with a reason, or show it again."""
    rating = get_object_or_404(Rating.objects.kept_by(request.user).select_related("product", "provider"), pk=pk)
    if not is_curator(request.user):
        raise Http404
    if request.method == "POST" and rating.hidden_at:
        services.hide_rating(rating, "", by=request.user)
        messages.success(request, "已恢复显示，重新计入平均分。")
        return redirect("rating_list")
    form = HideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.hide_rating(rating, form.cleaned_data["why"], by=request.user)
        messages.success(request, "已隐藏，不再公开显示，也不计入平均分。")
        return redirect("rating_list")
    return form_page(request, rating, form, "恢复显示" if rating.hidden_at else "隐藏评价")


def form_page(request: PersonRequest, rating: Rating, form: forms.Form, title: str) -> HttpResponse:
    """One of them with what is typed about it."""
    is_over = bool(rating.answer) and isinstance(form, AnswerForm) and not form.is_bound
    context: dict[str, Any] = {"rating": rating, "form": form, "title": title, "crumbs": crumbs(title)}
    context["is_over"] = is_over  # it was answered before the form was asked for
    return render(request, "catalog/rating_form.html", context)
