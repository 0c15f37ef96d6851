"""Addresses of 单位与人员 and 管理员."""

from django.urls import path

from accounts.offices import views as office_views
from accounts.offices.duties import views as duty_views

offices = [
    path("desk/offices/", office_views.office_list, name="office_list"),
    path("desk/offices/<int:pk>/", office_views.office_detail, name="office_detail"),
    path("desk/offices/<int:pk>/invite/", office_views.office_invite, name="office_invite"),
    path("desk/offices/people/<int:pk>/role/", office_views.place_role, name="place_role"),
    path("desk/offices/people/<int:pk>/stand-in/", office_views.place_stand_in, name="place_stand_in"),
    path("desk/offices/people/<int:pk>/end/", office_views.place_end, name="place_end"),
    path("desk/offices/people/<int:pk>/return/", office_views.place_return, name="place_return"),
    path("desk/duties/", duty_views.duty_list, name="duty_list"),
    path("desk/duties/<int:pk>/end/", duty_views.duty_end, name="duty_end"),
]
