"""What the frame of every page needs: columns, contacts, the menu of the desk, the unread count."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString

from help.steps import step_of
from tten.desk import Desk

SITE = {
    "host": "天津市科学技术局",
    "contacts": (("政策咨询", settings.POLICY_PHONE), ("技术支持", settings.SUPPORT_PHONE)),
    "hours": "工作日 9:00–12:00，13:30–17:30",
}
COLUMNS = (
    ("首页", "home"),
    ("科淘平台", "product_list"),
    ("京津冀", "lab_list"),
    ("科技创新券", "voucher_home"),
    ("政策", "policy_page"),
    ("帮助", "help_page"),
)
LINKS = {
    "home": "home",
    "search": "product_list",
    "suggest": "product_suggest",
    "help": "help_page",
    "site_map": "site_map",
    "terms": "terms_page",
    "privacy": "privacy_page",
    "login": "account_login",
    "signup": "account_signup",
    "logout": "account_logout",
    "account": "account_home",
    "switch": "unit_switch",
    "notices": "notice_list",
    "center": "user_center",
    "drafts": "form_draft",
    "find": "number_open",
}


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of base.html and base_desk.html; the database is asked only for what a page shows."""
    desk = getattr(request, "desk", None) or Desk(request)  # a view may have asked it already
    return {
        "portal": portal(),  # allauth's pages have a `site` of their own
        "links": links(),
        "column_row": column_row(standing(request.path)),
        "foot": foot(settings.ICP_NUMBER),
        "query": request.GET.get("q", "")
        if request.path == links()["search"]
        else "",  # a list's own words are its own
        "step_help": SimpleLazyObject(lambda: step_help(request)),
        "unread": SimpleLazyObject(lambda: desk.unread),
        "unit_name": SimpleLazyObject(lambda: desk.unit_name),
        "other_units": SimpleLazyObject(lambda: desk.others),
        "acting": SimpleLazyObject(lambda: desk.acting),
        "may_write": SimpleLazyObject(lambda: desk.may_write),
        "menu": SimpleLazyObject(desk.menu),
        "desk_frame": desk.frame,
        "refused_frame": desk.frame_refused,
        "finds_cases": SimpleLazyObject(lambda: desk.finds_cases),
    }


def step_help(request: HttpRequest) -> str:
    """这一步怎么办 of the page for whoever reads it: as the view says, or else by his duty."""
    match, user = request.resolver_match, getattr(request, "user", None)
    if match is None:
        return ""
    return step_of(match.view_name, getattr(request, "part", "") or getattr(user, "duty", ""))


def portal() -> dict[str, Any]:
    """Who runs the site, and how to reach him."""
    return SITE | {"icp": settings.ICP_NUMBER}


@lru_cache(maxsize=1)
def links() -> dict[str, str]:
    """The addresses that the frame names."""
    return {key: reverse(name) for key, name in LINKS.items()}


@lru_cache(maxsize=1)
def columns() -> list[tuple[str, str]]:
    """(label, url) of the row of columns."""
    return [(label, reverse(name)) for label, name in COLUMNS]


def standing(path: str) -> str:
    """The address of the column in which the page stands; the first page is its own only where it stands itself."""
    home = links()["home"]
    return next((url for _, url in columns() if path == url or (url != home and path.startswith(url))), "")


@lru_cache(maxsize=len(COLUMNS) + 1)
def column_row(here: str) -> SafeString:
    """The row of columns, one of them active; drawn once, since it stands on every page."""
    told = [{"label": label, "url": url, "active": url == here} for label, url in columns()]
    return render_to_string("components/frame/columns.html", {"columns": told})


@lru_cache(maxsize=1)
def foot(icp: str) -> SafeString:
    """The foot of every page; likewise."""
    return render_to_string("components/frame/footer.html", {"portal": SITE | {"icp": icp}, "links": links()})
