"""Addresses of 通知公告."""

from django.urls import path

from tten.announcing import views

urlpatterns = [
    path("desk/announcements/", views.announcement_list, name="announcement_list"),
    path("desk/announcements/new/", views.announcement_new, name="announcement_new"),
    path("desk/announcements/<int:pk>/", views.announcement_detail, name="announcement_detail"),
    path("desk/announcements/<int:pk>/edit/", views.announcement_edit, name="announcement_edit"),
    path("desk/announcements/<int:pk>/send/", views.announcement_send, name="announcement_send"),
    path("desk/announcements/<int:pk>/drop/", views.announcement_drop, name="announcement_drop"),
    path("desk/announcements/<int:pk>/stop/", views.announcement_stop, name="announcement_stop"),
    path("desk/announcements/<int:pk>/progress/", views.announcement_progress, name="announcement_progress"),
    path("center/announcements/<int:pk>/", views.announcement_read, name="announcement_read"),
]
