"""Addresses of the app: signing in and out by allauth's views, the own account, 安全认证."""

from allauth.account import views as entrance
from django.urls import path

from accounts import views

urlpatterns = [
    path("account/login/", entrance.login, name="account_login"),
    path("account/signup/", entrance.signup, name="account_signup"),
    path("account/logout/", entrance.logout, name="account_logout"),
    path("account/inactive/", entrance.account_inactive, name="account_inactive"),
    path("account/password/", entrance.password_change, name="account_change_password"),
    path("center/account/", views.account_home, name="account_home"),
    path("center/account/edit/", views.profile_edit, name="profile_edit"),
    path("center/certification/", views.certification_view, name="certification_view"),
    path("center/certification/edit/", views.certification_edit, name="certification_edit"),
    path("center/certification/check/", views.certification_check, name="certification_check"),
    path("center/certification/<number:number>/", views.certification_detail, name="certification_detail"),
    path("center/certification/<number:number>/submit/", views.certification_submit, name="certification_submit"),
    path("center/certification/<number:number>/reopen/", views.certification_reopen, name="certification_reopen"),
    path("center/certification/<number:number>/freeze/", views.certification_freeze, name="certification_freeze"),
]
