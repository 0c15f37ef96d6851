from django.urls import path

from ui import views

urlpatterns = [path("ui/", views.gallery, name="gallery")]
