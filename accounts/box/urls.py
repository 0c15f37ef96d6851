"""Addresses of the 材料箱."""

from django.urls import path

from accounts.box import views

box = [
    path("center/box/", views.box_list, name="box_list"),
    path("center/box/add/", views.box_add, name="box_add"),
    path("center/box/<int:pk>/", views.box_edit, name="box_edit"),
    path("center/box/<int:pk>/read/", views.box_read, name="box_read"),
    path("center/box/<int:pk>/remove/", views.box_remove, name="box_remove"),
]
