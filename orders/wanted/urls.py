"""Addresses of needs and offers."""

from django.urls import path

from orders.wanted import views

wanted = [
    path("wanted/", views.wanted_list, name="wanted_list"),
    path("wanted/new/", views.wanted_new, name="wanted_new"),
    path("wanted/offers/<int:pk>/withdraw/", views.wanted_offer_withdraw, name="wanted_offer_withdraw"),
    path("wanted/<number:number>/", views.wanted_detail, name="wanted_detail"),
    path("wanted/<number:number>/edit/", views.wanted_edit, name="wanted_edit"),
    path("wanted/<number:number>/offer/", views.wanted_offer, name="wanted_offer"),
    path("wanted/<number:number>/take/<int:pk>/", views.wanted_take, name="wanted_take"),
    path("wanted/<number:number>/<slug:step>/", views.wanted_move, name="wanted_move"),
    path("center/wanted/", views.wanted_own, name="wanted_own"),
    path("provider/wanted/", views.wanted_offers, name="wanted_offers"),
    path("desk/wanted/", views.wanted_desk, name="wanted_desk"),
]
