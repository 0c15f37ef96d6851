"""Addresses of the firms' files."""

from django.urls import path

from tten.firm import views

urlpatterns = [
    path("desk/firms/", views.firm_list, name="firm_list"),
    path("desk/firms/<number:number>/", views.firm_detail, name="firm_detail"),
]
