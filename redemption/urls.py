"""Addresses of the app."""

from django.urls import path

from redemption import appeal_views, copy_views, verification_views, views
from redemption.payments import urls as payments
from redemption.rows import drop_views
from redemption.rows import views as row_views

ROOT = "vouchers/claims/"
CLAIM = f"{ROOT}<number:number>/"
ROWS = f"{CLAIM}rows/<slug:kind>/"

MENU = (
    # the group in the menu of 用户中心, the label, the address
    ("科技创新券", "创新券兑现", "claim_list"),
    ("市科技局", "拨付登记", "payment_list"),
)

urlpatterns = [
    path(ROOT, views.claim_list, name="claim_list"),
    path(f"{ROOT}start/<number:number>/", views.claim_start, name="claim_start"),
    path(CLAIM, views.claim_detail, name="claim_detail"),
    path(f"{CLAIM}edit/", views.claim_edit, name="claim_edit"),
    path(f"{CLAIM}copy/", copy_views.claim_copy, name="claim_copy"),
    path(f"{CLAIM}check/", views.claim_check, name="claim_check"),
    path(f"{CLAIM}submit/", views.claim_submit, name="claim_submit"),
    path(f"{CLAIM}appeal/", appeal_views.claim_appeal, name="claim_appeal"),
    path(f"{CLAIM}end/<slug:step>/", views.claim_end, name="claim_end"),
    path(f"{CLAIM}verify/", verification_views.claim_verify, name="claim_verify"),
    path(f"{CLAIM}form/export/", views.claim_form_export, name="claim_form_export"),
    path(f"{CLAIM}form/upload/", views.claim_form_upload, name="claim_form_upload"),
    path(f"{CLAIM}drop/<slug:kind>/", drop_views.claim_drop, name="claim_drop"),
    path(f"{CLAIM}dropped/", drop_views.claim_dropped_all, name="claim_dropped_all"),
    path(f"{CLAIM}dropped/<int:pk>/", drop_views.claim_dropped, name="claim_dropped"),
    path(ROWS, row_views.claim_row, name="claim_row"),
    path(f"{ROWS}<int:pk>/", row_views.claim_row_edit, name="claim_row_edit"),
    path(f"{ROWS}<int:pk>/delete/", row_views.claim_row_delete, name="claim_row_delete"),
    *payments.urlpatterns,
]
