"""The portal's own pages: public ones, and 用户中心."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.login.consent import TERMS_VERSION
from accounts.security.keeping import page_above, typed_in, waiting_at
from tten import front
from tten.center import center_of, waits_of
from tten.desk import Desk, DeskRequest
from ui.reading import read_aside


def leads_to(name: str) -> Callable[[HttpRequest], HttpResponse]:
    """A view for an address that the manual prints: it leads to the page of today, and reads nothing behind the `?`."""

    @login_not_required
    @require_safe
    def printed(_request: HttpRequest) -> HttpResponse:
        return redirect(name)

    return printed


@login_not_required
@require_safe
@read_aside
def home(request: DeskRequest) -> HttpResponse:
    """首页: what a voucher is, how it goes, where to begin, or what waits for who has signed in."""
    context = front.front()
    if request.user.is_authenticated:
        request.desk = Desk(request)
        context |= waits_of(request.desk)
    return render(request, "tten/home.html", context)


@require_safe
def user_center(request: DeskRequest) -> HttpResponse:
    """用户中心: what needs the person now, his cases, his quota, his latest messages."""
    request.desk = Desk(request)
    return render(request, "tten/user_center.html", center_of(request.desk) | {"kept_url": waiting_at(request)})


@login_not_required
@require_safe
@read_aside
def policy_page(request: HttpRequest) -> HttpResponse:
    """政策: the version in force in plain words, and the history of versions."""
    return render(request, "tten/policy.html", front.policy_page() | front.documents())


@login_not_required
@require_safe
def terms_page(request: HttpRequest) -> HttpResponse:
    """服务协议."""
    return render(request, "tten/terms.html", {"version": TERMS_VERSION})


@login_not_required
@require_safe
def privacy_page(request: HttpRequest) -> HttpResponse:
    """隐私声明."""
    return render(request, "tten/privacy.html", front.privacy_page())


@login_not_required
@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """网站地图: what the portal has now."""
    return render(request, "tten/site_map.html", front.site_map())


@login_not_required
@require_safe
def voucher_home(request: HttpRequest) -> HttpResponse:
    """科技创新券: the two services 创新券申请 and 创新券兑现."""
    return render(request, "tten/voucher_home.html", front.policy_page())


@login_not_required
def csrf_failure(request: HttpRequest, **_reason: str) -> HttpResponse:
    """页面已过期: the form's token is none of this session's; what was typed stands there to be copied, and goes nowhere."""
    context = {"typed": typed_in(request), "back": page_above(request.path)}
    return render(request, "403_csrf.html", context, status=403)
