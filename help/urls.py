"""Addresses of 帮助中心."""

from django.urls import path

from help import views

urlpatterns = [
    path("help/", views.help_page, name="help_page"),
    path("help/start/", views.start_home, name="start_home"),
    path("help/search/", views.manual_search, name="manual_search"),
    path("help/manual.pdf", views.manual_print, name="manual_print"),
    path("help/blank/<slug:matter>.pdf", views.form_blank, name="form_blank"),
    path("help/guide/<slug:matter>/", views.guide_read, name="guide_read"),
    path("help/<slug:role>/<slug:step>/", views.manual_article, name="manual_article"),
]
