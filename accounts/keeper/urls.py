"""Addresses of 帐号管理."""

from django.urls import path

from accounts.keeper import views

keeper = [
    path("keeper/people/", views.keeper_list, name="keeper_list"),
    path("keeper/people/<int:pk>/", views.keeper_person, name="keeper_person"),
    path("keeper/people/<int:pk>/unlock/", views.keeper_unlock, name="keeper_unlock"),
    path("keeper/people/<int:pk>/phone/", views.keeper_phone, name="keeper_phone"),
    path("keeper/people/<int:pk>/sign-out/", views.keeper_sign_out, name="keeper_sign_out"),
    path("keeper/people/<int:pk>/sessions/<int:session>/", views.keeper_session_end, name="keeper_session_end"),
    path("keeper/mails/", views.keeper_mail_list, name="keeper_mail_list"),
    path("keeper/mails/<int:pk>/<slug:step>/", views.keeper_mail_act, name="keeper_mail_act"),
]
