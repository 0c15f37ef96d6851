"""Addresses of 帮助中心."""

from django.urls import path

from help import views
from help.answering import views as answering

MENU = (
    # the group in the menu of 用户中心, the label, the address
    ("市科技局", "手册意见", "manual_answers"),
    ("平台", "手册意见", "manual_answers"),
)

urlpatterns = [
    path("help/", views.help_page, name="help_page"),
    path("help/start/", views.start_home, name="start_home"),
    path("help/search/", views.manual_search, name="manual_search"),
    path("help/manual.pdf", views.manual_print, name="manual_print"),
    path("help/blank/<slug:matter>.pdf", views.form_blank, name="form_blank"),
    path("help/guide/<slug:matter>/", views.guide_read, name="guide_read"),
    path("help/<slug:role>/<slug:step>/", views.manual_article, name="manual_article"),
    path("help/<slug:role>/<slug:step>/answer/", answering.manual_answer, name="manual_answer"),
    path("desk/help/answers/", answering.manual_answers, name="manual_answers"),
    path("desk/help/answers/<int:pk>/handled/", answering.manual_handled, name="manual_handled"),
    path("desk/help/figures/", answering.manual_figures, name="manual_figures"),
]
