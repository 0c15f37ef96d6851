"""Addresses of orders."""

from django.urls import path

from orders import views
from orders.booking import urls as booking
from orders.wanted.urls import wanted

MENU = (
    # the group in the menu of 用户中心, the label, the address
    ("产品与机构", "企业需求审核", "wanted_desk"),
)

urlpatterns = [
    *wanted,
    path("mall/<number:number>/order/", views.order_place, name="order_place"),
    path("orders/", views.order_list, name="order_list"),
    *booking.urlpatterns,
    path("orders/<number:number>/", views.order_detail, name="order_detail"),
    path("orders/<number:number>/<slug:step>/", views.order_move, name="order_move"),
    path("provider/orders/", views.provider_order_list, name="provider_order_list"),
]
