"""Addresses of the own data: the copy, the closing of the account."""

from django.urls import path

from accounts.own_data import views

own_data = [
    path("center/account/data/", views.data_home, name="data_home"),
    path("center/account/data/export/", views.data_export_start, name="data_export_start"),
    path("center/account/data/export/progress/", views.data_export_progress, name="data_export_progress"),
    path("center/account/data/export/<int:pk>/", views.data_export_download, name="data_export_download"),
    path("center/account/delete/", views.account_delete, name="account_delete"),
]
