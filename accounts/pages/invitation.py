"""The page behind an invitation's link. Opening it changes nothing but the note of the first opening."""

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from accounts import joining
from accounts.forms.account import DeclineForm
from accounts.forms.signing_in import ADDRESS_KEY
from accounts.joining import AccountExistsError, account_of, join
from blog.desk.links import kept_close
from blog.editorial import invitations
from blog.editorial.letters.writing import name_for
from blog.editorial.pitching.replies import answered_by
from blog.models import Invitation

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
GONE = 410


@kept_close
@require_safe
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show who invites, to what, and how it goes; or lead an accepted guest on to the piece."""
    now = timezone.now()
    invitation = _find(token)
    status = invitation.status_at(now)
    if status == Invitation.Status.ACCEPTED:
        if request.user.pk == invitation.accepted_by_id and request.user.is_authenticated:
            return redirect("writing:piece", pk=invitation.post_id)
        return _page(request, invitation, token, is_accepted=True)
    try:
        invitations.require_open(invitation, now)
    except invitations.InvitationClosedError as closed:
        return _closed(request, str(closed))
    return _page(request, invitation, token, is_accepted=False)


@kept_close
@require_POST
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Accept: with the account of the invited address, or by making one. Never signs in to an existing account."""
    now = timezone.now()
    invitation = _find(token)
    here = reverse("invitation", args=[token])
    try:
        if request.user.is_authenticated:
            if not _is_invited(request, invitation):
                return redirect(here)
            post = joining.accept(invitation=invitation, by=request.user, at=now)
        else:
            user = join(invitation=invitation, at=now)
            login(request, user, backend=BACKEND)
            post = invitation.post
    except AccountExistsError:
        request.session[ADDRESS_KEY] = invitation.email
        return redirect(f"{reverse('account_login')}?{urlencode({'next': here})}")
    except invitations.InvitationClosedError as error:
        return _closed(request, str(error))
    return redirect("writing:piece", pk=post.pk)


@kept_close
@require_POST
def decline(request: HttpRequest, token: str) -> HttpResponse:
    """Decline, with a reason if the guest gives one. No account is needed."""
    now = timezone.now()
    invitation = _find(token)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, invitation, token, decline_form=form, status=422)
    try:
        invitations.decline(invitation=invitation, at=now, reason=form.cleaned_data["reason"])
    except invitations.InvitationClosedError as error:
        return _closed(request, str(error))
    return render(request, "accounts/invitation_declined.html", {"invitation": invitation})


def _find(token: str) -> Invitation:
    invitation = invitations.open_invitation(token=token, at=timezone.now())
    if invitation is None:
        raise Http404
    return invitation


def _is_invited(request: HttpRequest, invitation: Invitation) -> bool:
    owner = account_of(invitation.email)
    return owner is not None and owner.pk == request.user.pk


def _page(
    request: HttpRequest,
    invitation: Invitation,
    token: str,
    *,
    is_accepted: bool = False,
    decline_form: DeclineForm | None = None,
    status: int = 200,
) -> HttpResponse:
    owner = account_of(invitation.email)
    post = invitation.post
    is_somebody_else = request.user.is_authenticated and (owner is None or owner.pk != request.user.pk)
    context = {
        "invitation": invitation,
        "post": post,
        # Under the name on the byline, where a writer invites: a pen name holds
        "invited_by": name_for(invitation.invited_by, post) if invitation.invited_by else "",
        "answers": answered_by(post, at=timezone.now()),
        "is_co_author": post.bylines.exclude(author=invitation.author).exists(),
        "token": token,
        "is_accepted": is_accepted,
        "has_account": owner is not None,
        "is_somebody_else": is_somebody_else,
        "decline_form": decline_form or DeclineForm(),
    }
    return render(request, "accounts/invitation.html", context, status=status)


def _closed(request: HttpRequest, sentence: str) -> HttpResponse:
    return render(request, "accounts/invitation_closed.html", {"sentence": sentence}, status=GONE)
