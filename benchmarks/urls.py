"""Every address of the portal, and the floor page."""

from django.urls import include, path

from benchmarks.floor import ADDRESS, floor

urlpatterns = [path(ADDRESS.removeprefix("/"), floor), path("", include("tten.urls"))]
