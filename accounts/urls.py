"""Addresses of the account's own pages; signing in and up are allauth's."""

from django.urls import path

from accounts.pages import (
    account,
    archived,
    comment,
    letters,
    own_comment,
    own_data,
    reporting,
    second_factor,
    verifying,
)

app_name = "accounts"

urlpatterns = [
    path("", account.home, name="home"),
    path("picture/", account.picture, name="picture"),
    path("comments/", account.comments, name="comments"),
    path("archived/", archived.archived, name="archived"),
    path("export/", own_data.export, name="export"),
    path("erase/", own_data.erasing, name="erase"),
    path("erased/", own_data.erased, name="erased"),
    path("comment/<int:post_pk>/", comment.comment, name="comment"),
    path("comment/<int:pk>/edit/", own_comment.edit, name="edit_comment"),
    path("comment/<int:pk>/delete/", own_comment.take_away, name="delete_comment"),
    path("report/<int:pk>/", reporting.report, name="report"),
    path("complaint/", reporting.complain, name="complain"),
    path("complaint/sent/", reporting.complaint_sent, name="complaint_sent"),
    path("verifying/", verifying.verifying, name="verifying"),
    path("second-factor/", second_factor.second_factor, name="second_factor"),
    path("letters/", letters.choose, name="letters"),
    path("letters/end/<str:token>/", letters.end, name="end_letters"),
]
