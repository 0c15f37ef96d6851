"""Addresses of 询问 and 更正建议."""

from django.urls import path

from reviews.questions import views

urlpatterns = [
    path("questions/turn/<int:pk>/ask/", views.question_ask, name="question_ask"),
    path("questions/turn/<int:pk>/propose/", views.question_propose, name="question_propose"),
    path("questions/<int:pk>/", views.question_read, name="question_read"),
    path("questions/<int:pk>/accept/", views.question_accept, name="question_accept"),
    path("questions/<int:pk>/decline/", views.question_decline, name="question_decline"),
]
