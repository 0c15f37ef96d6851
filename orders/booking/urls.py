"""Addresses of 机时预约."""

from django.urls import path

from orders.booking import views

HOURS = "provider/products/<number:number>/hours/"

urlpatterns = [
    path(HOURS, views.provider_hours, name="provider_hours"),
    path(f"{HOURS}close/", views.provider_hours_close, name="provider_hours_close"),
    path(f"{HOURS}<int:pk>/open/", views.provider_hours_open, name="provider_hours_open"),
    path("orders/<number:number>/time/add/", views.booking_add, name="booking_add"),
    path("orders/<number:number>/time/", views.booking_move, name="booking_move"),
    path("orders/<number:number>/time.ics", views.booking_calendar, name="booking_calendar"),
]
