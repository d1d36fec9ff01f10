"""Rows for tests, made with explicit traits. Pieces come through the editorial functions, as in life."""

import datetime as dt
from typing import Any

import factory
from django.contrib.auth.models import Permission

from accounts.models import Comment, User
from blog.editorial import drafting, proof, publishing, review
from blog.editorial.names import identity
from blog.models import Author, Category, Identity, Post, Series, Tag
from blog.states import State

NOW = dt.datetime(2026, 3, 11, 12, 0, tzinfo=dt.UTC)
LONG_TEXT = "<p>" + "A name against each row and a date by which something must happen. " * 12 + "</p>"


class UserFactory(factory.django.DjangoModelFactory[User]):
    """A reader. Trait: `administrator`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        administrator = factory.Trait(is_staff=True, is_superuser=True)

    email = factory.Sequence(lambda n: f"person{n}@council.example")
    display_name = factory.Sequence(lambda n: f"Person {n}")

    @factory.post_generation
    def password(self: User, create: bool, extracted: str | None, **kwargs: Any) -> None:
        """Give a password only where a test signs in by form; hashing is slow."""
        if extracted:
            self.set_password(extracted)
            self.save()


class CategoryFactory(factory.django.DjangoModelFactory[Category]):
    class Meta:
        model = Category

    name = factory.Sequence(lambda n: f"Category {n}")
    slug = factory.Sequence(lambda n: f"category-{n}")


class TagFactory(factory.django.DjangoModelFactory[Tag]):
    class Meta:
        model = Tag

    name = factory.Sequence(lambda n: f"Tag {n}")
    slug = factory.Sequence(lambda n: f"tag-{n}")


class SeriesFactory(factory.django.DjangoModelFactory[Series]):
    class Meta:
        model = Series

    title = factory.Sequence(lambda n: f"Series {n}")
    slug = factory.Sequence(lambda n: f"series-{n}")


def make_editor(**fields: Any) -> User:
    """Make an editor who may publish and moderate, but not look behind pen names."""
    fields.setdefault("is_staff", True)
    user = UserFactory(**fields)
    wanted = ["edit_pieces", "publish_pieces", "moderate_comments"]
    user.user_permissions.add(*Permission.objects.filter(codename__in=wanted))
    return User.objects.get(pk=user.pk)


def make_author(user: User | None = None, **fields: Any) -> Author:
    """Make a public name, tied to an account if one is given."""
    author = identity.new_author(**{"name": "Priya Raman", "role": "Planning Systems Manager", **fields})
    if user:
        Identity.objects.create(author=author, user=user)
    return author


def make_piece(
    state: State = State.DRAFTING,
    *,
    editor: User | None = None,
    writer: User | None = None,
    author: Author | None = None,
    title: str = "Who closes a row?",
    body: str = LONG_TEXT,
    at: dt.datetime = NOW,
    go_out_at: dt.datetime | None = None,
    is_guest_piece: bool = True,
    **fields: Any,
) -> Post:
    """Make a piece by a guest and take it to a state by the moves that lead there."""
    editor = editor or make_editor()
    writer = writer or UserFactory()
    author = author or make_author(writer)
    post = drafting.begin(by=editor, at=at, authors=[author], is_guest_piece=is_guest_piece, editor=editor, **fields)
    drafting.save_text(
        post=post,
        text=drafting.Text(title=title, standfirst="A standfirst.", body=body),
        by=writer if is_guest_piece else editor,
        at=at,
        based_on=post.working_id,
    )
    if state == State.DRAFTING:
        return Post.objects.get(pk=post.pk)
    if state == State.WITHDRAWN:
        review.withdraw(post=post, by=writer, at=at)
        return Post.objects.get(pk=post.pk)
    drafting.submit_for_review(post=post, by=writer, at=at)
    if state == State.CHANGES_REQUESTED:
        review.ask_for_changes(post=post, reason="Who answers, and by when?", by=editor, at=at)
    elif state == State.DECLINED:
        review.decline(post=post, reason="We have run one like it.", by=editor, at=at)
    elif state != State.SUBMITTED:
        review.accept(post=post, by=editor, at=at)
        if state != State.IN_PROOF:
            _beyond_proof(post, state, editor=editor, writer=writer, at=at, go_out_at=go_out_at)
    return Post.objects.get(pk=post.pk)


def _beyond_proof(post: Post, state: State, *, editor: User, writer: User, at: dt.datetime, go_out_at: Any) -> None:
    assert post.working_id
    proof.sign_off(post=post, seen=post.working_id, by=writer, at=at)
    if state == State.READY:
        return
    publishing.publish(post=post, by=editor, at=at, go_out_at=go_out_at)
    if state == State.RETRACTED:
        publishing.retract(post=post, reason="A figure was wrong.", by=editor, at=at)


def make_comment(
    post: Post, user: User, *, state: str = Comment.State.APPROVED, text: str = "So did we.", **fields: Any
) -> Comment:
    """Make a comment in a state, without the way that leads there."""
    fields.setdefault("written_at", NOW)
    return Comment.objects.create(post=post, user=user, text=text, state=state, **fields)


def make_published(**fields: Any) -> Post:
    """Make a published piece."""
    return make_piece(State.PUBLISHED, **fields)
