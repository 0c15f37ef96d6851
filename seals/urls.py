"""Addresses of 防篡改; the last four are read by programs."""

from django.urls import path

from seals import views

MENU = (
    # the group in the menu of 用户中心, the label, the address
    ("市科技局", "防篡改", "seal_page"),
    ("系统", "防篡改", "seal_page"),
)

urlpatterns = [
    path("desk/seals/", views.seal_page, name="seal_page"),
    path("seals/checkpoint", views.seal_checkpoint, name="seal_checkpoint"),
    path("seals/stamp", views.seal_stamp, name="seal_stamp"),
    path("seals/consistency/<int:old>/<int:new>", views.seal_consistency, name="seal_consistency"),
    path("seals/proof/<str:number>", views.seal_proof, name="seal_proof"),
]
