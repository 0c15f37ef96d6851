"""Addresses of the portal's own pages: home, 用户中心, policy, help."""

from django.urls import path

from tten import views

urlpatterns = [
    path("", views.home, name="home"),
    path("center/", views.user_center, name="user_center"),
    path("policy/", views.policy_page, name="policy_page"),
    path("help/", views.help_page, name="help_page"),
    path("terms/", views.terms_page, name="terms_page"),
    path("privacy/", views.privacy_page, name="privacy_page"),
    path("map/", views.site_map, name="site_map"),
    path("vouchers/", views.voucher_home, name="voucher_home"),
]
