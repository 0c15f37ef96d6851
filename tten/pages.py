"""Addresses of the portal's own pages: home, 用户中心, policy, help."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
