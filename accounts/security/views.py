"""What was typed before a proof was asked for, and the sign that somebody is still there."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models.keeping import HOURS
from accounts.security import drafts
from accounts.security.keeping import forget, kept_in, matter_of, tell_no_more, typed_for
from records.people import PersonRequest
from ui.texts import said_at


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def kept_form(request: PersonRequest, key: str) -> HttpResponse:
    """您输入的内容已保留: the very same fields wait to be sent to the very same address; POST gives them up."""
    kept = kept_in(request, key)
    if kept is None:
        tell_no_more(request, key)
        messages.info(request, "没有需要继续提交的内容：可能已经提交过，或者不是在这个浏览器、用这个帐号填写的。")
        return redirect("user_center")
    if request.method == "POST":
        forget(request, key)
        return redirect(kept.back)
    act = "保存" if ["act", "save"] in kept.fields else "提交"
    context = {"kept": kept, "typed": typed_for(kept), "hours": HOURS, "act": act, "matter": matter_of(kept.path)}
    return render(request, "accounts/kept_form.html", context)


@never_cache
@require_safe
def session_awake(_request: PersonRequest) -> HttpResponse:
    """The person pressed 继续使用: reaching this address is the sign that he is there."""
    return HttpResponse(status=204)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def form_draft(request: PersonRequest) -> HttpResponse:
    """What a form holds is saved while somebody types (POST); what was saved, his own and his colleagues', is told (GET)."""
    token = request.POST.get(drafts.CARRIED) or request.GET.get(drafts.CARRIED, "")
    given = drafts.given_to(request, token)
    if given is None:
        return JsonResponse({}, status=403)
    if request.method != "POST":
        is_fresh = drafts.given_to(request, token, seconds=drafts.FRESH) is not None
        return JsonResponse(drafts.drafts_for(given, is_fresh=is_fresh))
    if request.POST.get("act") == "drop-draft":
        drafts.drop_draft(given)
        return JsonResponse({})
    at = drafts.save_draft(given, request.POST)
    if at is None:
        return JsonResponse({}, status=413)
    others = drafts.drafts_for(given, is_fresh=False)["others"]
    return JsonResponse({"at": said_at(at), "others": others})
