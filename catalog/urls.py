"""Addresses of the mall, of 京津冀, of the provider's desk and of 服务机构入驻."""

from django.urls import path

from catalog.admissions import views as admission_views
from catalog.laboratories import views as lab_views
from catalog.mall import views

DESK = "provider/products/"
ADMISSION = "center/admission/"

urlpatterns = [
    path("mall/", views.product_list, name="product_list"),
    path("mall/<number:number>/", views.product_detail, name="product_detail"),
    path("providers/<int:pk>/", views.provider_detail, name="provider_detail"),
    path("labs/", lab_views.lab_list, name="lab_list"),
    path("labs/<number:number>/", lab_views.lab_detail, name="lab_detail"),
    path(DESK, views.provider_product_list, name="provider_product_list"),
    path(f"{DESK}new/", views.provider_product_new, name="provider_product_new"),
    path(f"{DESK}<number:number>/", views.provider_product_edit, name="provider_product_edit"),
    path(f"{DESK}<number:number>/status/", views.provider_product_status, name="provider_product_status"),
    path(ADMISSION, admission_views.admission_home, name="admission_home"),
    path(f"{ADMISSION}start/", admission_views.admission_start, name="admission_start"),
    path(f"{ADMISSION}laboratories/", admission_views.admission_laboratories, name="admission_laboratories"),
    path(f"{ADMISSION}<number:number>/", admission_views.admission_detail, name="admission_detail"),
    path(f"{ADMISSION}<number:number>/edit/", admission_views.admission_edit, name="admission_edit"),
    path(f"{ADMISSION}<number:number>/check/", admission_views.admission_check, name="admission_check"),
    path(f"{ADMISSION}<number:number>/submit/", admission_views.admission_submit, name="admission_submit"),
    path(f"{ADMISSION}<number:number>/<slug:step>/", admission_views.admission_move, name="admission_move"),
    path("desk/admissions/", admission_views.admission_list, name="admission_list"),
]
