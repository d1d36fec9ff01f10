"""Every address of the site. The order matters only for the reader's addresses, which come last."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path

from accounts.pages import invitation, providers, sessions
from wlg import mail_hooks, uploads

urlpatterns = [
    path("admin/", admin.site.urls),
    # Ours in place of allauth's, under its names
    path("accounts/sessions/", sessions.sessions_list, name="usersessions_list"),
    path("accounts/oidc/<str:provider_id>/login/", providers.login, name="openid_connect_login"),
    path("accounts/oidc/<str:provider_id>/login/callback/", providers.callback, name="openid_connect_callback"),
    path("accounts/", include("allauth.urls")),
    path("accounts/", include("accounts.urls")),
    path("invitation/<str:token>/", invitation.show, name="invitation"),
    path("invitation/<str:token>/accept/", invitation.accept, name="invitation_accept"),
    path("invitation/<str:token>/decline/", invitation.decline, name="invitation_decline"),
    path("desk/", include("blog.writing.urls")),
    path("hooks/mail/", include(mail_hooks.addresses())),
    path("", include("accounts.feed_urls")),
    path("", include("blog.reading.urls")),
]

if settings.IS_DEVELOPMENT:  # In production the web server has this path
    urlpatterns.append(re_path(r"^media/(?P<path>.*)$", uploads.show, {"folder": settings.MEDIA_ROOT}))

handler400 = "wlg.refusals.bad_request"
handler404 = "blog.reading.views.nothing_here"
