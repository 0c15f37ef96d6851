"""Addresses of the app."""

from django.urls import path

from notifications import views

urlpatterns = [
    path("center/notices/", views.notice_list, name="notice_list"),
    path("center/notices/read/", views.notice_read_all, name="notice_read_all"),
    path("center/notices/<int:pk>/", views.notice_open, name="notice_open"),
]
