"""What is dear to answer is answered so often to one person, or to one address, and no oftener (ADR 0181).

Counted in the shared cache, in windows that begin anew. Whoever has signed in is counted alone, whatever his address; visitors
behind one address share `LIMIT_SHARED` times what a person may. Where the cache is away everybody is let through, and the log says so.
"""

import logging
import time
from collections.abc import Callable
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address, ip_network
from typing import NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import ResolverMatch
from redis.exceptions import RedisError

from accounts.history.sign_ins import address_of
from accounts.security.keeping import typed_in
from records.people import PersonRequest

logger = logging.getLogger(__name__)
REST_SECONDS = 10.0  # for which a cache that did not answer is not asked again: nobody waits for it twice
SITE = 64  # bits of an IPv6 address that name a house; the rest is any of its devices
LATER = 60  # seconds, where whoever refuses does not say how long
WORDS = {  # what is counted, as the sentence calls it
    "search": "查询和翻看列表",
    "paper": "查看材料",
    "print": "生成文书",
    "export": "导出和下载",
    "upload": "上传材料",
    "signup": "注册",
    "code": "获取和填写验证码",
    "answer": "评价",
}
CURATED = ("products", "providers", "laboratories", "batches")
DEAR = {  # address → what it counts as; every list that can be taken away is a search without standing here
    **dict.fromkeys(
        ("manual_search", "product_suggest", "keeper_list", *(f"curator_{rows}" for rows in CURATED)), "search"
    ),
    **dict.fromkeys(("document", "paper", "paper_part", "paper_wait", "paper_picture"), "paper"),
    **dict.fromkeys(("application_offer", "receipt_print", "claim_form_export", "manual_print", "form_blank"), "print"),
    **dict.fromkeys(("export_start", "export_download", "data_export_start", "data_export_download"), "export"),
    **dict.fromkeys(("sheet_template", "seal_proof", "seal_consistency"), "export"),
}
DEAR_ACTS = {  # the same, where only a POST is dear
    "manual_answer": "answer",
    **dict.fromkeys(("account_signup", "wechat_register"), "signup"),
    **dict.fromkeys(("account_request_login_code", "account_code", "account_reset_password"), "code"),
    **dict.fromkeys(("account_reset_password_new", "phone_change", "mail_change", "address_check"), "code"),
    **dict.fromkeys(("application_appeal", "claim_appeal"), "upload"),
    **dict.fromkeys(("certification_new", "certification_edit", "certification_particulars"), "upload"),
    **dict.fromkeys(("box_add", "box_edit", "sheet_new"), "upload"),
    **dict.fromkeys(("product_pictures", "provider_pictures", "picture_act", "article_add_picture"), "upload"),
    **dict.fromkeys(("admission_edit", "order_place", "application_edit", "claim_edit", "claim_form_upload"), "upload"),
    **dict.fromkeys(("claim_row", "claim_row_edit", "claim_drop", "question_ask", "question_read"), "upload"),
}


class Over(NamedTuple):
    """A limit that was passed: what was counted, how many are let through in how many seconds, and when it begins anew."""

    what: str
    number: int
    seconds: int
    again: int

    @property
    def sentence(self) -> str:
        """What the person reads."""
        span = f"{self.seconds // 60} 分钟"
        said = f"短时间内{WORDS[self.what]}的次数过多（{span}内最多 {self.number} 次），这一次没有办理。"
        return f"{said}请 {self.again} 秒后再试。"


class Cache:
    """What this process knows of the cache."""

    rests_until = 0.0


class DearMiddleware:
    """Stops what came too often before its view is asked, and behind the sign-in, so that only who gets to the view is counted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through."""
        return self.get_response(request)

    def process_view(
        self, request: PersonRequest, _view: Callable[..., HttpResponse], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """None where the view may answer."""
        match = request.resolver_match
        what = counted_as(match, request.method or "") if match else ""
        over = passed(what, who(request), is_shared=not request.user.is_authenticated) if what else None
        return told(request, over) if over else None


def counted_as(match: ResolverMatch, method: str) -> str:
    """What a request of this address counts as; "" where it is not dear."""
    if method == "POST" and match.view_name in DEAR_ACTS:
        return DEAR_ACTS[match.view_name]
    return DEAR.get(match.view_name, "search" if is_list(match) else "")


def is_list(match: ResolverMatch) -> bool:
    """Whether rows are looked for there: a list that can be taken away, or a table of the administration."""
    return hasattr(match.func, "listing") or match.view_name.endswith("_changelist")


def who(request: PersonRequest) -> str:
    """Under what is counted: the person, else his address, else all who have none."""
    if request.user.is_authenticated:
        return f"person-{request.user.pk}"
    said = address_of(request) or ""
    try:
        address = ip_address(said)
    except ValueError:  # a proxy that says none
        return f"address-{said}"
    house = ip_network((address, SITE), strict=False)[0] if isinstance(address, IPv6Address) else address
    return f"address-{house}"


def passed(what: str, key: str, *, is_shared: bool) -> Over | None:
    """Count once more; the limit that is passed by it, None while none is, or while nobody can count."""
    number, seconds = settings.LIMITS[what]
    number *= settings.LIMITS["shared"][0] if is_shared else 1
    if not number or time.monotonic() < Cache.rests_until:
        return None
    window, since = divmod(int(time.time()), seconds)
    try:
        many = counted(f"dear:{what}:{key}:{window}", seconds)
    except (RedisError, OSError) as trouble:
        Cache.rests_until = time.monotonic() + REST_SECONDS
        logger.warning("limits are not counted, everybody is let through: %r", trouble)
        return None
    if many == number + 1:
        logger.warning("%s has passed the limit of %s: %s in %s s", key, what, number, seconds)
    return Over(what, number, seconds, seconds - since) if many > number else None


def counted(key: str, seconds: int) -> int:
    """How many there are under the key with this one."""
    if cache.add(key, 1, seconds):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # it went between the two
        return 1


def told(request: HttpRequest, over: Over) -> HttpResponse:
    """The page; it asks nobody anything, and a part of a page reads its sentence."""
    return page(request, over.sentence, over.again)


def too_many(request: HttpRequest) -> HttpResponse:
    """The same where allauth has counted (`handler429` of the addresses): guesses, and whoever wants an account."""
    return page(request, "为了帐号安全，短时间内的请求次数有限制，请稍等片刻再试。", LATER)


def page(request: HttpRequest, sentence: str, again: int) -> HttpResponse:
    """The page of a refusal that ends by itself after so many seconds."""
    context = {"sentence": sentence, "typed": typed_in(request)}
    answer = HttpResponse(render_to_string("429.html", context), status=HTTPStatus.TOO_MANY_REQUESTS)
    answer.headers["Retry-After"] = str(again)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
