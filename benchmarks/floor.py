"""The floor page, the unit in which all others are counted: one indexed query, 20 rows, 18 KB, no session."""

from django.apps import apps
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine

ADDRESS = "/bench/floor/"
ROWS, SIZE = 20, 18 * 1024
PAGE = Engine().from_string(
    "<!doctype html><title>floor</title><table>"
    "{% for pk, name in rows %}<tr><td>{{ pk }}<td>{{ name }}{% endfor %}</table>"
)


@login_not_required
def floor(_request: HttpRequest) -> HttpResponse:
    """Twenty products by their primary key, filled up with blanks to the size."""
    products = apps.get_model("catalog.Product")._default_manager.order_by("pk").values_list("pk", "name")
    page = PAGE.render(Context({"rows": products[:ROWS]})).encode()
    return HttpResponse(page.ljust(SIZE))
