"""Addresses of the app: signing in and out by allauth's views, the own account, 安全认证."""

from django.urls import path

from accounts import views
from accounts.certification import views as certification_views
from accounts.history import views as history_views
from accounts.login.urls import login
from accounts.members import invitations_views, joining_views, unit_views
from accounts.members import views as members_views
from accounts.offices.urls import offices
from accounts.own_data.urls import own_data
from accounts.security.urls import security

urlpatterns = [
    *security,
    *login,
    *own_data,
    *offices,
    path("center/account/sign-ins/", history_views.sign_in_list, name="sign_in_list"),
    path("center/account/", views.account_home, name="account_home"),
    path("center/account/edit/", views.profile_edit, name="profile_edit"),
    path("center/certification/", views.certification_view, name="certification_view"),
    path("center/certification/edit/", views.certification_edit, name="certification_edit"),
    path("center/certification/check/", views.certification_check, name="certification_check"),
    path("center/certification/<number:number>/", views.certification_detail, name="certification_detail"),
    path("center/certification/<number:number>/submit/", views.certification_submit, name="certification_submit"),
    path("center/certification/<number:number>/reopen/", views.certification_reopen, name="certification_reopen"),
    path("center/certification/<number:number>/freeze/", views.certification_freeze, name="certification_freeze"),
    path(
        "center/certification/<number:number>/admit/",
        certification_views.certification_admit,
        name="certification_admit",
    ),
    path(
        "center/certification/<number:number>/particulars/",
        certification_views.certification_particulars,
        name="certification_particulars",
    ),
    path("desk/units/", certification_views.certification_list, name="certification_list"),
    path("center/units/", unit_views.unit_list, name="unit_list"),
    path("center/units/add/", unit_views.unit_add, name="unit_add"),
    path("center/units/new/", unit_views.certification_new, name="certification_new"),
    path("center/units/switch/", unit_views.unit_switch, name="unit_switch"),
    path("center/units/<number:number>/members/", members_views.member_list, name="member_list"),
    path("center/units/<number:number>/members/<int:pk>/role/", members_views.member_role, name="member_role"),
    path("center/units/<number:number>/members/<int:pk>/remove/", members_views.member_remove, name="member_remove"),
    path("center/units/<number:number>/hand-over/", members_views.unit_hand_over, name="unit_hand_over"),
    path("center/units/<number:number>/leave/", members_views.unit_leave, name="unit_leave"),
    path("center/units/<number:number>/invite/", invitations_views.unit_invite, name="unit_invite"),
    path("center/units/joins/new/", joining_views.join_new, name="join_new"),
    path("center/units/joins/<int:pk>/", joining_views.join_detail, name="join_detail"),
    path("center/units/joins/<int:pk>/answer/", joining_views.join_answer, name="join_answer"),
    path("center/units/joins/<int:pk>/withdraw/", joining_views.join_withdraw, name="join_withdraw"),
    path("center/invitations/", invitations_views.invitation_list, name="invitation_list"),
    path("center/invitations/<int:pk>/<slug:step>/", invitations_views.invitation_answer, name="invitation_answer"),
    path("desk/joins/", joining_views.join_desk, name="join_desk"),
]
