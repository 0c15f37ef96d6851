"""Addresses of whoever audits."""

from django.urls import path

from tten.audit import views

urlpatterns = [path("audit/trail/", views.trail_list, name="trail_list")]
