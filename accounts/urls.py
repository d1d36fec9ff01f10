"""Addresses of the account's own pages; signing in and up are allauth's."""

from django.urls import path

from accounts.pages import account, comment, letters

app_name = "accounts"

urlpatterns = [
    path("", account.home, name="home"),
    path("comment/<int:post_pk>/", comment.comment, name="comment"),
    path("letters/", letters.choose, name="letters"),
    path("letters/end/<str:token>/", letters.end, name="end_letters"),
]
