"""Addresses of 消息设置."""

from django.urls import path

from accounts.messages import views

messages = [
    path("center/account/messages/", views.message_settings, name="message_settings"),
    path("center/account/address/", views.address_check, name="address_check"),
]
