"""帐号管理: find a person, see how the account stands, help him in, sign him out; mails that did not arrive."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.keeper import pages, services
from accounts.keeper.forms import FindForm, UnlockForm
from accounts.keeper.shares import shares
from accounts.models import User
from accounts.offices.deactivation import keeps_accounts
from notifications.models import Delivery
from records.people import PersonRequest
from ui.listing import exported
from ui.paging import page_of

View = Callable[..., HttpResponse]


def keeper_only(view: View) -> View:
    """Not there for anybody who does not keep the accounts."""

    @wraps(view)
    def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not keeps_accounts(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def find_person(pk: int) -> User:
    """The person; 404 for the system itself, which nobody signs in as."""
    user = get_object_or_404(User, pk=pk)
    if user.is_clock:
        raise Http404
    return user


@require_GET
@keeper_only
def keeper_list(request: PersonRequest) -> HttpResponse:
    """Who was looked for; nobody before anything was typed."""
    form = FindForm(request.GET)
    words = form.cleaned_data.get("q", "") if form.is_valid() else ""
    context = {
        "form": form,
        "page": page_of(request, pages.found(words)),
        "words": words,
        "crumbs": [(pages.TITLE, "")],
    }
    return render(request, "keeper/keeper_list.html", context)


@require_GET
@keeper_only
def keeper_person(request: PersonRequest, pk: int) -> HttpResponse:
    """One person's account."""
    return person_page(request, find_person(pk), UnlockForm())


def person_page(request: PersonRequest, user: User, form: UnlockForm) -> HttpResponse:
    """The page of the account, with the reason as it was typed."""
    return render(request, "keeper/person.html", pages.person_context(user, request.user) | {"form": form})


@require_POST
@keeper_only
def keeper_unlock(request: PersonRequest, pk: int) -> HttpResponse:
    """Lift the lock, with words."""
    user, form = find_person(pk), UnlockForm(request.POST)
    if not form.is_valid():
        return person_page(request, user, form)
    services.lift_lock(user, by=request.user, reason=form.cleaned_data["reason"], request=request)
    messages.success(request, f"已解除{user}的登录暂停，本人已收到消息。")
    return redirect("keeper_person", pk)


@require_POST
@keeper_only
def keeper_phone(request: PersonRequest, pk: int) -> HttpResponse:
    """Show the whole number once; that it was looked at is noted."""
    user = find_person(pk)
    phone = services.look_at_phone(user, by=request.user)
    messages.info(request, f"{user}的手机号是 {phone}。已记入操作留痕。" if phone else "没有登记手机号。")
    return redirect("keeper_person", pk)


@require_http_methods(["GET", "POST"])
@keeper_only
def keeper_sign_out(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask once, then end all of the person's sessions."""
    user = find_person(pk)
    if request.method != "POST":
        return render(request, "keeper/sign_out.html", pages.person_context(user, request.user))
    return signed_out(request, user, services.sign_out(user, by=request.user))


@require_POST
@keeper_only
def keeper_session_end(request: PersonRequest, pk: int, session: int) -> HttpResponse:
    """End one of the person's sessions."""
    user = find_person(pk)
    return signed_out(request, user, services.sign_out(user, by=request.user, only=session))


def signed_out(request: PersonRequest, user: User, ended: int) -> HttpResponse:
    """Say how many were ended."""
    messages.success(request, f"已结束{user}的 {ended} 处登录，本人已收到消息。" if ended else "没有可以结束的登录。")
    return redirect("keeper_person", user.pk)


@exported(
    "未送达的消息",
    {
        "消息": "about",
        "收件人": "notice.recipient",
        "地址": "address",
        "原因": "problem",
        "尝试次数": "tries",
        "下次尝试": "due_at",
    },
)
@require_GET
@keeper_only
def keeper_mail_list(request: PersonRequest) -> HttpResponse:
    """Mails that did not arrive, each with its cause."""
    page = page_of(request, pages.unsent(), pages.told)
    mails = pages.told(list(page.object_list))
    context = {"page": page, "mails": mails, "shares": shares(), "crumbs": [("未送达的消息", "")]}
    return render(request, "keeper/keeper_mail_list.html", context)


@require_POST
@keeper_only
def keeper_mail_act(request: PersonRequest, pk: int, step: str) -> HttpResponse:
    """Try one again, or send it no more."""
    mail = get_object_or_404(Delivery, pk=pk)
    if step == "again":
        services.try_again(mail, by=request.user)
        messages.success(request, "邮件已重新排队发送。")
    elif step == "drop":
        services.give_up(mail, by=request.user)
        messages.success(request, "这封邮件不再发送；收件人仍可在“消息”里看到内容。")
    else:
        raise Http404
    return redirect("keeper_mail_list")
