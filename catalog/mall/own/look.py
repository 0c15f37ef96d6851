"""How the mall's list is looked at: cards, or dense rows; in the address, and remembered by the account, else by the session."""

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from accounts.models import User

LOOKS = {"cards": "卡片", "rows": "列表"}
NAME = "view"  # in the address, and in what is sent


def look_of(request: HttpRequest) -> str:
    """As the address says it, else as the person chose it last, wherever that was, else as this session did, else cards."""
    asked = request.GET.get(NAME, "")
    if asked in LOOKS:
        return asked
    found = getattr(request.user, "mall_look", "") or request.session.get(NAME, "")
    return found if found in LOOKS else "cards"


def choose_look(request: HttpRequest) -> str:
    """Keep what was chosen with the account, or in the session of who has none; the address of the list, looked at so."""
    asked = request.POST.get(NAME, "")
    look = asked if asked in LOOKS else "cards"
    if request.user.is_authenticated:
        User.objects.filter(pk=request.user.pk).update(mall_look=look)
    else:
        request.session[NAME] = look
    query = QueryDict(request.POST.get("query", ""), mutable=True)
    query[NAME] = look
    return f"{reverse('product_list')}?{query.urlencode()}"
