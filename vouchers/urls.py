"""Addresses of the app."""

from django.urls import path

from vouchers import views

ROOT = "vouchers/applications/"

MENU = (
    # the group in the menu of 用户中心, the label, the address
    ("科技创新券", "创新券申请", "application_list"),
)

urlpatterns = [
    path(ROOT, views.application_list, name="application_list"),
    path(f"{ROOT}start/<number:number>/", views.application_start, name="application_start"),
    path(f"{ROOT}<number:number>/", views.application_detail, name="application_detail"),
    path(f"{ROOT}<number:number>/edit/", views.application_edit, name="application_edit"),
    path(f"{ROOT}<number:number>/copy/", views.application_copy, name="application_copy"),
    path(f"{ROOT}<number:number>/offer/", views.application_offer, name="application_offer"),
    path(f"{ROOT}<number:number>/check/", views.application_check, name="application_check"),
    path(f"{ROOT}<number:number>/submit/", views.application_submit, name="application_submit"),
    path(f"{ROOT}<number:number>/appeal/", views.application_appeal, name="application_appeal"),
    path(f"{ROOT}<number:number>/end/<slug:step>/", views.application_end, name="application_end"),
]
