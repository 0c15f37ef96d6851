"""Addresses of 单位认证."""

from django.urls import path

from accounts.certification import views
from accounts.certification.code import views as code_views
from accounts.certification.particulars import views as particulars_views

certification = [
    path("center/certification/", views.certification_view, name="certification_view"),
    path("center/certification/edit/", views.certification_edit, name="certification_edit"),
    path("center/certification/read/<uuid:pk>/", views.certification_read, name="certification_read"),
    path("center/certification/check/", views.certification_check, name="certification_check"),
    path("center/certification/<number:number>/", views.certification_detail, name="certification_detail"),
    path("center/certification/<number:number>/submit/", views.certification_submit, name="certification_submit"),
    path("center/certification/<number:number>/reopen/", views.certification_reopen, name="certification_reopen"),
    path("center/certification/<number:number>/freeze/", views.certification_freeze, name="certification_freeze"),
    path(
        "center/certification/<number:number>/admit/",
        code_views.certification_admit,
        name="certification_admit",
    ),
    path(
        "center/certification/<number:number>/particulars/",
        particulars_views.certification_particulars,
        name="certification_particulars",
    ),
    path("desk/units/", views.certification_list, name="certification_list"),
    path("center/units/new/", views.certification_new, name="certification_new"),
]
