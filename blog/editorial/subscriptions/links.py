"""The links of subscriptions: signed, never stored, and without the address in them."""

from django.core import signing
from django.urls import reverse

from blog.editorial.letters.writing import absolute
from blog.models import Subscription

CONFIRM, END, MANAGE = "wlg.subscription.confirm", "wlg.subscription.end", "wlg.subscription.manage"


def confirm_link(subscription: Subscription) -> str:
    """Return the full address of the page with the button that confirms a subscription."""
    return _link("reading:confirm_subscription", subscription, CONFIRM)


def end_link(subscription: Subscription) -> str:
    """Return the full address that ends a subscription: by POST without a cookie (RFC 8058), by a button on GET."""
    return _link("reading:end_subscription", subscription, END)


def manage_link(subscription: Subscription) -> str:
    """Return the full address of the page with everything that this subscription’s address follows."""
    return _link("reading:manage_subscriptions", subscription, MANAGE)


def found(token: str, purpose: str) -> Subscription | None:
    """Return the subscription of a link that was made for that purpose; None if it is cleared.

    Raises `signing.BadSignature` for a link that was made up.
    """
    key = signing.Signer(salt=purpose).unsign(token)
    return Subscription.objects.select_related("series", "author", "category").filter(pk=int(key)).first()


def _link(name: str, subscription: Subscription, purpose: str) -> str:
    return absolute(reverse(name, args=[signing.Signer(salt=purpose).sign(str(subscription.pk))]))
