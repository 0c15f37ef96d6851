"""Addresses of 导出表格."""

from django.urls import path

from accounts.exports import views

exports = [
    path("center/exports/", views.export_list, name="export_list"),
    path("center/exports/start/", views.export_start, name="export_start"),
    path("center/exports/progress/", views.export_progress, name="export_progress"),
    path("center/exports/<int:pk>/", views.export_download, name="export_download"),
]
