"""Addresses of 拨付登记."""

from django.urls import path

from redemption.payments import views

urlpatterns = [
    path("desk/payments/", views.payment_list, name="payment_list"),
    path("desk/payments/record/", views.payment_record, name="payment_record"),
    path("desk/payments/<int:pk>/strike/", views.payment_strike, name="payment_strike"),
]
