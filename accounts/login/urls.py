"""Addresses of signing in: the ways in and out, registration, codes, a forgotten password, WeChat."""

from allauth.account import views as allauth_views
from django.urls import path

from accounts.login import mail_views
from accounts.login import views as entrance_views
from accounts.login.wechat import views as wechat
from accounts.security.reauthentication import proof_needed

login = [
    path("account/login/", allauth_views.login, name="account_login"),
    path("account/login/code/", entrance_views.request_login_code, name="account_request_login_code"),
    path("account/login/wechat/", wechat.login_page, name="account_login_wechat"),
    path("account/code/", entrance_views.code_page, name="account_code"),
    path("account/signup/", entrance_views.signup, name="account_signup"),
    path("account/consent/", entrance_views.consent_page, name="account_consent"),
    path("account/logout/", allauth_views.logout, name="account_logout"),
    path("account/inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("account/password/", allauth_views.password_change, name="account_change_password"),
    path("account/password/set/", proof_needed(allauth_views.password_set), name="account_set_password"),
    path("account/password/reset/", entrance_views.password_reset, name="account_reset_password"),
    path("account/password/reset/new/", entrance_views.password_new, name="account_reset_password_new"),
    path("account/texts/", mail_views.demo_texts, name="account_demo_texts"),
    path("account/wechat/", wechat.leave, name="weixin_login"),
    path("account/wechat/back/", wechat.come_back, name="weixin_callback"),
    path("account/wechat/failed/", wechat.failed, name="socialaccount_login_cancelled"),
    path("account/wechat/phone/", wechat.bind, name="socialaccount_signup"),
    path("account/wechat/name/", wechat.register, name="wechat_register"),
    path("center/account/wechat/", wechat.account_page, name="wechat_account"),
    path("center/account/wechat/unbind/", wechat.unbind, name="wechat_unbind"),
    path("center/account/phone/", entrance_views.phone_change, name="phone_change"),
    path("center/account/mail/", mail_views.mail_change, name="mail_change"),
]
