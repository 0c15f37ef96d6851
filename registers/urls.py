"""The address of 外部核验."""

from django.urls import path

from registers import views

MENU = (
    # the group in the menu of 用户中心, the label, the address
    ("市科技局", "外部核验", "register_overview"),
    ("系统", "外部核验", "register_overview"),
)

urlpatterns = [path("desk/registers/", views.register_overview, name="register_overview")]
