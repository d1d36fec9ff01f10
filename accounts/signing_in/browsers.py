"""Browsers that an account has signed in with before: a stranger's wrong tries don't count against them.

A cookie holds a random value and, for each account that has signed in here, a mark that only this server can make
from the two. It names nobody, is read on the pages for signing in alone, and opens nothing.
"""

import secrets

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

NAME = "__Secure-known" if settings.IS_SECURE else "known"
AGE = 60 * 60 * 24 * 365
MOST = 5  # Accounts that sign in with one browser
LENGTH = 32
PATH = "/accounts/"


def _mark(nonce: str, user_pk: object) -> str:
    return salted_hmac("accounts.signing_in.browsers", f"{nonce}:{user_pk}", algorithm="sha256").hexdigest()[:LENGTH]


def _parts(request: HttpRequest) -> tuple[str, list[str]]:
    nonce, *marks = request.COOKIES.get(NAME, "").split(".")[: MOST + 1]
    if len(nonce) != LENGTH or not all(len(mark) == LENGTH for mark in marks):
        return "", []
    return nonce, marks


def known(request: HttpRequest, user_pk: object) -> str:
    """Return a name for the browser if the account has signed in with it before, and nothing otherwise."""
    nonce, marks = _parts(request)
    mark = _mark(nonce, user_pk)
    found = [constant_time_compare(mark, each) for each in marks]
    return mark if nonce and any(found) else ""


def remember(request: HttpRequest, response: HttpResponse) -> None:
    """Let the browser be known again by the account that is signed in, if it isn't yet."""
    if not request.path_info.startswith(PATH):
        return
    user_pk = request.session[SESSION_KEY]
    if known(request, user_pk):
        return
    nonce, marks = _parts(request)
    nonce = nonce or secrets.token_hex(LENGTH // 2)
    value = ".".join([nonce, _mark(nonce, user_pk), *marks][: MOST + 1])
    response.set_cookie(NAME, value, max_age=AGE, path=PATH, secure=settings.IS_SECURE, httponly=True, samesite="Lax")
