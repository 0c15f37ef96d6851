"""Papers."""

from django.urls import path

from records import views

urlpatterns = [path("documents/<uuid:pk>/", views.document, name="document")]
