"""How the mall's list is looked at: cards, or dense rows; in the address, and remembered by the session."""

from django.http import HttpRequest, QueryDict
from django.urls import reverse

LOOKS = {"cards": "卡片", "rows": "列表"}
NAME = "view"  # in the address, and in what is sent


def look_of(request: HttpRequest) -> str:
    """As the address says it, else as it was chosen last in this session, else cards."""
    asked = request.GET.get(NAME, "")
    found = asked if asked in LOOKS else request.session.get(NAME, "")
    return found if found in LOOKS else "cards"


def choose_look(request: HttpRequest) -> str:
    """Keep what was chosen in the session; return the address of the list as it was, looked at so."""
    asked = request.POST.get(NAME, "")
    look = asked if asked in LOOKS else "cards"
    request.session[NAME] = look
    query = QueryDict(request.POST.get("query", ""), mutable=True)
    query[NAME] = look
    return f"{reverse('product_list')}?{query.urlencode()}"
