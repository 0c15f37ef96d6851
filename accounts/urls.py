"""Addresses of the app: those of its rooms, and the own account."""

from django.urls import path

from accounts import views
from accounts.box.urls import box
from accounts.certification.urls import certification
from accounts.exports.urls import exports
from accounts.history import views as history_views
from accounts.keeper.urls import keeper
from accounts.login.urls import login
from accounts.members.urls import members
from accounts.messages.urls import messages
from accounts.offices.urls import offices
from accounts.own_data.urls import own_data
from accounts.security.urls import security

urlpatterns = [
    *security,
    *login,
    *own_data,
    *exports,
    *offices,
    *keeper,
    *certification,
    *box,
    *members,
    *messages,
    path("center/account/sign-ins/", history_views.sign_in_list, name="sign_in_list"),
    path("center/account/", views.account_home, name="account_home"),
    path("center/account/edit/", views.profile_edit, name="profile_edit"),
]
