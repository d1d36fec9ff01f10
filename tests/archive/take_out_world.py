"""A small blog with one of everything that goes out, and with what must not."""

import datetime as dt

from django.core.files.base import ContentFile

from accounts.models import User
from blog.editorial import corrections, drafting, publishing
from blog.editorial.plain_pages import PlainPage
from blog.models import ArrivalKind, Author, Byline, Document, OldAddress, OldPath, Post, SeriesSlot
from blog.states import State
from tests.factories import (
    NOW,
    CategoryFactory,
    SeriesFactory,
    TagFactory,
    UserFactory,
    make_author,
    make_comment,
    make_editor,
    make_piece,
    make_published,
)
from tests.pictures import make_picture

AT = NOW + dt.timedelta(days=3)
HIDDEN = [
    "Not yet out",
    "Half a draft",
    "With the editors",
    "Taken down",
    "Thrown away",
    "Invited Name",
    "hidden words",
]


class Blog:
    """Rows made once: a published piece with all there is, one that answers it, and one of each that is not out."""

    def __init__(self) -> None:
        self.editor = make_editor(display_name="Tom Ashby", email="tom@blog.example")
        self.keeper: User = UserFactory(display_name="Real Name", email="real@council.example")
        self.portrait, self.lead, self.inside, self.elsewhere = (
            make_picture((400, 300), alt=f"Picture {n}.") for n in range(4)
        )
        self.author = make_author(self.keeper, name="A Beekeeper", is_pen_name=True, about="Keeps bees.")
        Author.objects.filter(pk=self.author.pk).update(portrait=self.portrait)
        self.category = CategoryFactory(name="Roofs", slug="roofs")
        self.tag, self.unused = TagFactory(name="Bees", slug="bees"), TagFactory(name="Drafts", slug="drafts")
        self.series = SeriesFactory(title="Hives", slug="hives", planned_parts=3)
        SeriesSlot.objects.create(series=self.series, part_number=3, working_title="Winter", is_title_shown=True)
        SeriesSlot.objects.create(
            series=self.series, part_number=2, working_title="hidden words", planned_for=dt.date(2026, 9, 1)
        )
        self.document = Document(name="Report.pdf", size=4, sha256="0" * 64, came_at=NOW)
        self.document.file.save("report.pdf", ContentFile(b"%PDF"))
        self.people = {"editor": self.editor, "writer": self.keeper, "author": self.author}
        self.main = self._main()
        self.reply = self._made(State.PUBLISHED, "What it answers", at=NOW + dt.timedelta(days=1))
        Post.objects.filter(pk=self.reply.pk).update(in_reply_to=self.main)
        self._old_addresses()
        self._comments()
        self._hidden()
        self.page = PlainPage.objects.get(slug="about")

    def _made(self, state: State, title: str, **fields: object) -> Post:
        return make_piece(state, title=title, **self.people, **fields)

    def _main(self) -> Post:
        size = f'width="{self.inside.width}" height="{self.inside.height}"'
        links = (
            f'<figure><img src="{self.inside.file.url}" alt="Hive" {size}><figcaption>Ours</figcaption></figure>'
            f'<p><a href="{self.document.file.url}">Report</a></p>'
        )
        post = make_published(
            **self.people, title="Who keeps the bees?", body=f"<p>Nobody.</p>{links}", category=self.category,
            series=self.series, part_number=1,
        )  # fmt: skip
        post.tags.add(self.tag)
        text = drafting.Text(title="Who keeps the bees?", body=f"<p>We do.</p>{links}", lead_picture=self.lead)
        text = drafting.Text(**(text.__dict__ | {"introduction": "<p>A guest.</p>"}))
        drafting.save_text(post=post, text=text, by=self.editor, at=NOW, based_on=post.working_id)
        corrections.publish_correction(post=post, note="We do.", by=self.editor, at=NOW + dt.timedelta(hours=1))
        Byline.objects.filter(post=post).update(role="Keeper then")
        return Post.objects.get(pk=post.pk)

    def _old_addresses(self) -> None:
        for kind, slug, row in (
            ("post", "bees-once", self.main),
            ("author", "keeper", self.author),
            ("series", "hive", self.series),
        ):
            OldAddress.objects.create(kind=kind, slug=slug, target=row.pk, kept_at=NOW)
        OldPath.objects.create(path="/?p=7", kind=ArrivalKind.POST, target=self.main.pk, kept_at=NOW)
        OldPath.objects.create(path="/über uns/100%/", kind=ArrivalKind.PLAIN_PAGE, target=1, kept_at=NOW)
        OldPath.objects.create(path="/wp-content/x.jpg", kind=ArrivalKind.PICTURE, target=self.inside.pk, kept_at=NOW)
        OldPath.objects.create(path="/old/*", to="/archive/", kept_at=NOW)

    def _comments(self) -> None:
        reader = UserFactory(display_name="Dana W", email="dana@council.example")
        first = make_comment(self.main, reader, text="So did <we>.\n\n> quoted")
        make_comment(self.main, self.keeper, author=self.author, parent=first, text="Thank you.")
        make_comment(self.main, reader, state="held", text="hidden words")

    def _hidden(self) -> None:
        ahead = AT + dt.timedelta(days=30)
        self.scheduled = self._made(State.PUBLISHED, "Not yet out", go_out_at=ahead)
        self.draft = self._made(State.DRAFTING, "Half a draft", body=f'<p><img src="{self.elsewhere.file.url}"></p>')
        self.draft.tags.add(self.unused)
        invited = make_author(name="Invited Name")
        Byline.objects.create(post=self.draft, author=invited, position=2, is_confirmed=False)
        self.submitted = self._made(State.SUBMITTED, "With the editors")
        taken = self._made(State.PUBLISHED, "Taken down")
        publishing.retract(post=taken, reason="Wrong.", by=self.editor, at=AT)
        self._made(State.WITHDRAWN, "Thrown away")
