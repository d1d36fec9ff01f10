"""Addresses of the account's own pages; signing in and up are allauth's."""

from django.urls import path

from accounts import letter_views, views

app_name = "accounts"

urlpatterns = [
    path("", views.home, name="home"),
    path("comment/<int:post_pk>/", views.comment, name="comment"),
    path("letters/", letter_views.choose, name="letters"),
    path("letters/end/<str:token>/", letter_views.end, name="end_letters"),
]
