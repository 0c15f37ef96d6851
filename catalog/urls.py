"""Addresses of the mall, of 京津冀 and of the provider's desk."""

from django.urls import path

from catalog import views

DESK = "provider/products/"

urlpatterns = [
    path("mall/", views.product_list, name="product_list"),
    path("mall/<number:number>/", views.product_detail, name="product_detail"),
    path("providers/<int:pk>/", views.provider_detail, name="provider_detail"),
    path("labs/", views.lab_list, name="lab_list"),
    path("labs/<number:number>/", views.lab_detail, name="lab_detail"),
    path(DESK, views.provider_product_list, name="provider_product_list"),
    path(f"{DESK}new/", views.provider_product_new, name="provider_product_new"),
    path(f"{DESK}<number:number>/", views.provider_product_edit, name="provider_product_edit"),
    path(f"{DESK}<number:number>/status/", views.provider_product_status, name="provider_product_status"),
]
