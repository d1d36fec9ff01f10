"""One small blog for many tests: an account of each role, pieces in several states, and what hangs on them."""

import datetime as dt
from importlib import import_module
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from accounts.commenting import appearance, blocking
from accounts.models import Complaint, ListedDomain, ListedWord, ModerationRules, User
from accounts.roles import Role, give_role
from blog.editorial import invitations, proposals
from blog.editorial.noting import notes
from blog.editorial.pitching import pitches
from blog.editorial.pitching.form import TypedPitch
from blog.editorial.upkeep.listings import relist
from blog.models import (
    Archive,
    Byline,
    ChecklistItem,
    Hold,
    Letter,
    Mailing,
    Masthead,
    PlainPage,
    SavedReply,
    Subscription,
)
from blog.states import State
from tests.factories import (
    CategoryFactory,
    SeriesFactory,
    TagFactory,
    UserFactory,
    make_author,
    make_comment,
    make_editor,
    make_piece,
)
from tests.people import confirm
from tests.pictures import picture_file

# The accounts with one role alone, and what they are called here; "limited" publishes in a category without a piece
BY_ROLE = {
    "contributor": Role.CONTRIBUTOR,
    "writer": Role.WRITER,
    "plain editor": Role.EDITOR,
    "limited": Role.PUBLISHER,
    "publisher": Role.PUBLISHER,
    "administrator": Role.ADMINISTRATOR,
}
ROLES = [
    "nobody", "reader", "blocked", "guest", "other guest", "co-author", "editor", "insider", "owner", *BY_ROLE,
]  # fmt: skip


class World:
    """A guest's piece with a co-author in proof, one that is submitted, one that is out, and what hangs on them."""

    def __init__(self, **guest: Any) -> None:
        at = timezone.now()
        self.users = {role: confirm(UserFactory(display_name=role.title())) for role in ROLES[1:6]}
        if guest:
            self.users["guest"] = confirm(UserFactory(**guest))
        self.users |= {role: make_editor(display_name=role.title()) for role in ("editor", "insider")}
        self.users["insider"].user_permissions.add(Permission.objects.get(codename="see_identities"))
        self.users["owner"] = UserFactory(administrator=True)
        for name, role in BY_ROLE.items():
            self.users[name] = UserFactory(display_name=name.title())
            limits = [CategoryFactory()] if name == "limited" else []
            give_role(user=self.users[name], role=role, at=at, limits=limits)
        for role in ROLES[6:]:
            confirm(self.users[role])
        editor, guest = self.users["editor"], self.users["guest"]
        blocking.block(user=self.users["blocked"], reason="Adverts.", by=editor, at=at)
        self.category, self.tag, self.series = CategoryFactory(), TagFactory(), SeriesFactory()
        self.known, self.twice = make_author(name="Dot Fane"), make_author(name="Dorothy Fane")
        self.author = make_author(guest, name="The Mole", is_pen_name=True)
        belongs = {"editor": editor, "writer": guest, "author": self.author}
        self.out = make_piece(
            State.PUBLISHED, at=at - dt.timedelta(days=1), category=self.category, series=self.series, **belongs
        )
        self.out.tags.add(self.tag)
        relist(post=self.out, at=at)
        self.submitted = make_piece(State.SUBMITTED, at=at, **belongs)
        self.proof = make_piece(State.IN_PROOF, at=at, **belongs)
        Byline.objects.create(post=self.proof, author=make_author(self.users["co-author"], name="Ann Lee"), position=2)
        self.foreign = make_piece(State.IN_PROOF, editor=editor, writer=self.users["other guest"], at=at)
        self.comment = make_comment(self.out, self.users["reader"])
        self.guests_comment = make_comment(self.out, guest, author=self.author, text="Thank you all.")
        appearance.show_picture(user=self.users["reader"], file=picture_file(), at=at)
        make_comment(self.out, self.users["blocked"], state="held", text="Words that wait.")
        self.invitation = invitations.invite(by=editor, at=at, name="Ivy Lane", email="ivy@council.example")
        typed = TypedPitch("Ivy Lane", "ivy@council.example", "Nobody closes a row", "What happens to a finished row?")
        self.pitch = pitches.send_in(typed=typed, at=at)
        pitches.confirm(pitch=self.pitch, at=at)
        self.letter = Letter.objects.filter(post=self.proof).latest("pk")
        self.note = notes.write_note(post=self.proof, text="It was six.", by=guest, at=at, block=0)
        self.editors_note = notes.write_note(post=self.proof, text="Was it?", by=editor, at=at, block=0)
        self.saved_reply = SavedReply.objects.create(title="Shorter", text="Shorter, please.")
        self.question = ChecklistItem.objects.create(question="The figures are right")
        self.masthead = Masthead.objects.create(pk=1)
        self.hold = Hold.objects.create(
            name="Election period", reason="Rules.", begins_at=at, ends_at=at + dt.timedelta(days=9), made_at=at
        )
        if not PlainPage.objects.exists():
            # There from the beginning, unless a test with real transactions has removed them
            import_module("blog.migrations.0006_the_four_pages").make(apps, None)
        self.page = PlainPage.objects.get(slug="house-rules")
        self._what_follows(at)
        self._what_is_reported(at, guest)

    def _what_follows(self, at: dt.datetime) -> None:
        """Make subscribers, a mailing, and an archive that came in."""
        self.subscription = Subscription.objects.create(
            address="rita@council.example", subject_kind="everything", state="active", asked_at=at, confirmed_at=at
        )
        self.mailing = Mailing.objects.create(
            kind="round_up",
            day=at.date(),
            since=at - dt.timedelta(days=7),
            at=at + dt.timedelta(hours=20),
            prepared_at=at,
        )
        self.mailing.pieces.create(post=self.out, position=1)
        self.archive = Archive.objects.create(name="old.example", system="wordpress", begun_at=at, finished_at=at)
        self.suggestion = self.archive.suggestions.create(
            kind="series", key="bins", what={"title": "Bins", "parts": [[self.out.pk, 1]]}, made_at=at
        )

    def _what_is_reported(self, at: dt.datetime, guest: User) -> None:
        """Make what editors moderate by, a complaint and a proposed correction."""
        self.reader = self.users["reader"]
        # There from the beginning, unless a test with real transactions has removed it
        self.listed_domain, _made = ListedDomain.objects.get_or_create(domain="gov.uk", defaults={"listed_at": at})
        self.rules, self.listed_word = (
            ModerationRules.objects.create(pk=1),
            ListedWord.objects.create(words="Casino", folded="casino"),
        )
        self.complaint = Complaint.objects.create(
            post=self.out, kind="other", name="Max Roe", address="max@law.example", passage="All.", why="It is so.",
            at=at, due_at=at + dt.timedelta(days=2),
        )  # fmt: skip
        self.proposal = proposals.propose(post=self.out, wrong="It was six.", by=guest, at=at)

    def client(self, role: str, **kwargs: Any) -> Client:
        """Return a browser in which somebody of that role is signed in."""
        client = Client(raise_request_exception=False, **kwargs)
        if role != "nobody":
            client.force_login(self.users[role], backend="django.contrib.auth.backends.ModelBackend")
        return client
