"""Addresses of 政策与通知: those for everybody, and those of the desk."""

from django.urls import path

from news import views
from news.desk import views as desk
from news.pictures import views as pictures

MENU = (
    # the group in the menu of 用户中心, the label, the address
    ("市科技局", "文章管理", "article_desk"),
    ("平台", "文章管理", "article_desk"),
)

urlpatterns = [
    path("policy/news/", views.article_list, name="article_list"),
    path("policy/news/feed/", views.article_feed, name="article_feed"),
    path("policy/news/<int:pk>/", views.article_read, name="article_read"),
    path("policy/news/files/<uuid:pk>/", views.article_file, name="article_file"),
    path("desk/news/", desk.article_desk, name="article_desk"),
    path("desk/news/new/", desk.article_new, name="article_new"),
    path("desk/news/<int:pk>/", desk.article_detail, name="article_detail"),
    path("desk/news/<int:pk>/edit/", desk.article_edit, name="article_edit"),
    path("desk/news/<int:pk>/publish/", desk.article_publish, name="article_publish"),
    path("desk/news/<int:pk>/hold-back/", desk.article_hold_back, name="article_hold_back"),
    path("desk/news/<int:pk>/drop/", desk.article_drop, name="article_drop"),
    path("desk/news/<int:pk>/pin/", desk.article_pin, name="article_pin"),
    path("desk/news/<int:pk>/withdraw/", desk.article_withdraw, name="article_withdraw"),
    path("desk/news/<int:pk>/files/", desk.article_add_files, name="article_add_files"),
    path("policy/news/pictures/<slug:size>/<slug:key>.webp", pictures.article_picture, name="article_picture"),
    path("desk/news/<int:pk>/pictures/", pictures.article_add_picture, name="article_add_picture"),
    path("desk/news/pictures/<int:pk>/", pictures.article_keep_picture, name="article_keep_picture"),
    path("desk/news/files/<uuid:pk>/remove/", desk.article_remove_file, name="article_remove_file"),
]
