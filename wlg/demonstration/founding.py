"""What is there before the first piece: people, what the blog says about itself, categories, series and tags."""

import datetime as dt
import functools

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts.models import User
from accounts.roles import Role, give_beside, make_editor
from blog.editorial import masthead, topics
from blog.editorial.names import authors, identity
from blog.models import Category, Masthead, Series, Tag
from wlg.demonstration.people import CATEGORIES, EDITORS, GUESTS, PASSWORD, READERS, SERIES, Person
from wlg.demonstration.pictures import PORTRAITS
from wlg.demonstration.texts import Text


def found(texts: list[Text], *, at: dt.datetime) -> dict[str, User]:
    """Make people, masthead and topics, and return the accounts by the names that texts use for them."""
    users = {person.slug: new_account(person.email, person.display_name, at) for person in [*GUESTS, *READERS]}
    for person in EDITORS:
        users[person.slug] = _editor(person, at)
    first = users[EDITORS[0].slug]
    administrator = next(users[person.slug] for person in EDITORS if person.is_administrator)
    _say_what_it_is(by=administrator, at=at)
    for topic in _topics(texts):
        topics.keep(topic=topic, by=first, at=at)
    return users


def new_account(email: str, display_name: str, joined_at: dt.datetime) -> User:
    """Make an account with a confirmed address and the demonstration's password."""
    user = User.objects.create_user(email, display_name=display_name, joined_at=joined_at)
    user.password = _hashed()
    user.save(update_fields=["password"])
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@functools.cache
def _hashed() -> str:
    """Return the password as it is kept: made once, for it takes a fifth of a second and is the same for all."""
    return make_password(PASSWORD)


def details_of(person: Person) -> identity.BylineDetails:
    """Return how somebody appears when they write."""
    return identity.BylineDetails(person.byline, person.is_pen_name, person.role, person.organisation, person.about)


def portrait_of(person: Person) -> identity.Portrait:
    """Return the picture beside somebody's name, if there is one, drawn just now."""
    draw = PORTRAITS.get(person.slug)
    return identity.Portrait(draw().png()) if draw else identity.AS_IT_IS


def _editor(person: Person, at: dt.datetime) -> User:
    role = Role.ADMINISTRATOR if person.is_administrator else Role.PUBLISHER
    made, _ = make_editor(email=person.email, name=person.display_name, at=at, role=role, password=PASSWORD)
    if person.is_administrator:
        give_beside(user=made, what="sees_identities", is_given=True)
    user = User.objects.get(pk=made.pk)  # With the permissions that it has now
    if person.byline:
        author = identity.staff_author(user=user)
        authors.describe(author=author, details=details_of(person), portrait=portrait_of(person), by=user, at=at)
    return user


def _say_what_it_is(*, by: User, at: dt.datetime) -> None:
    row = Masthead.current()
    row.colophon = "Any Other Business is written by UK local government officers, in their own time."
    row.invitation = "Half of what you read here is by guests. Tell us what you would write."
    row.comments_close_after = 120  # The oldest pieces show how that looks
    row.addresses = "editors@aob.example\ntom.ashby@aob.example"
    masthead.keep_masthead(masthead=row, by=by, at=at)


def _topics(texts: list[Text]) -> list[topics.Topic]:
    tags = sorted({tag for text in texts for tag in text.tags})
    return [
        *(Category(slug=slug, name=name, description=about) for slug, (name, about) in CATEGORIES.items()),
        *(
            Series(slug=slug, title=title, planned_parts=parts, description=about)
            for slug, (title, parts, about) in SERIES.items()
        ),
        *(Tag(slug=slug, name=slug.replace("-", " ").capitalize()) for slug in tags),
    ]
