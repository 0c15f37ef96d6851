"""The address of 运行情况; those of probes and figures are answered before any address is looked up (middleware.py)."""

from django.urls import path

from tten.watching import views

MENU = (
    # the group in the menu of 用户中心, the label, the address
    ("市科技局", "运行情况", "watch_page"),
    ("系统", "运行情况", "watch_page"),
)

urlpatterns = [path("desk/watching/", views.watch_page, name="watch_page")]
