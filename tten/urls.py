"""Every address of the portal: its own pages here, those of an app in the app's `urls.py`."""

from django.contrib import admin
from django.urls import include, path

from tten import views

urlpatterns = [
    path("", views.home, name="home"),
    path("center/", views.user_center, name="user_center"),
    path("policy/", views.policy_page, name="policy_page"),
    path("help/", views.help_page, name="help_page"),
    path("terms/", views.terms_page, name="terms_page"),
    path("privacy/", views.privacy_page, name="privacy_page"),
    path("map/", views.site_map, name="site_map"),
    path("vouchers/", views.voucher_home, name="voucher_home"),
    path("", include("accounts.urls")),
    path("", include("catalog.urls")),
    path("", include("orders.urls")),
    path("", include("vouchers.urls")),
    path("", include("redemption.urls")),
    path("", include("reviews.urls")),
    path("", include("notifications.urls")),
    path("", include("records.urls")),
    path("", include("ui.urls")),
    path("admin/", admin.site.urls),
]
