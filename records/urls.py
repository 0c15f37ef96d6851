"""Papers."""

from django.urls import path

from records import views
from records.pictures import views as pictures

urlpatterns = [
    path("documents/<uuid:pk>/", views.document, name="document"),
    path("documents/<uuid:pk>/view/", pictures.paper, name="paper"),
    path("documents/<uuid:pk>/part/", pictures.paper_part, name="paper_part"),
    path("documents/<uuid:pk>/wait/", pictures.paper_wait, name="paper_wait"),
    path("documents/<uuid:pk>/pages/<int:number>/", pictures.paper_picture, name="paper_picture"),
]
