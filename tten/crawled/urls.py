"""Addresses for search engines."""

from django.urls import path

from tten.crawled import views

urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("sitemap-<slug:kind>-<int:behind>.xml", views.sitemap_file, name="sitemap_file"),
]
