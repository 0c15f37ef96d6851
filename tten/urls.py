"""Every address of the portal: its own pages here, those of an app in the app's `urls.py`."""

import re

from django.contrib import admin
from django.urls import include, path, re_path

from tten import views
from tten.finding import number_open


def printed(address: str) -> str:
    """The address as the manual prints it, typed in whatever case."""
    signs = (f"[{sign}{sign.swapcase()}]" if sign.isalpha() else re.escape(sign) for sign in address)
    return f"^{''.join(signs)}$"


urlpatterns = [
    path("", views.home, name="home"),
    path("center/", views.user_center, name="user_center"),
    path("policy/", views.policy_page, name="policy_page"),
    path("terms/", views.terms_page, name="terms_page"),
    path("privacy/", views.privacy_page, name="privacy_page"),
    path("map/", views.site_map, name="site_map"),
    path("find/", number_open, name="number_open"),
    path("vouchers/", views.voucher_home, name="voucher_home"),
    path("", include("accounts.urls")),
    path("", include("catalog.urls")),
    path("", include("orders.urls")),
    path("", include("vouchers.urls")),
    path("", include("redemption.urls")),
    path("", include("registers.urls")),
    path("", include("seals.urls")),
    path("", include("help.urls")),
    path("", include("news.urls")),
    path("", include("reviews.urls")),
    path("", include("tten.crawled.urls")),
    path("", include("tten.firm.urls")),
    path("", include("tten.audit.urls")),
    path("", include("tten.announcing.urls")),
    path("", include("tten.watching.urls")),
    path("", include("notifications.urls")),
    path("", include("records.urls")),
    path("", include("ui.urls")),
    path("admin/", admin.site.urls),
    # printed in the manual that people have before them
    re_path(printed("Login.aspx"), views.leads_to("account_login"), name="printed_login"),
    re_path(printed("zffw/cxq/zcwj/202310/t20231016_163718.html"), views.leads_to("lab_list"), name="printed_labs"),
]
handler429 = "tten.dear.too_many"  # of allauth
handler500 = "tten.outages.server_error"
