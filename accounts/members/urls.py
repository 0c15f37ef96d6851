"""Addresses of the people of a unit: 我的单位, 单位成员, 加入申请, invitations."""

from django.urls import path

from accounts.members import views as members_views
from accounts.members.invitations import views as invitations_views
from accounts.members.joining import views as joining_views

members = [
    path("center/units/", members_views.unit_list, name="unit_list"),
    path("center/units/add/", members_views.unit_add, name="unit_add"),
    path("center/units/switch/", members_views.unit_switch, name="unit_switch"),
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
