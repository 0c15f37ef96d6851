"""Every address of the portal; an app names its own in its `urls.py`."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("tten.pages")),
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
