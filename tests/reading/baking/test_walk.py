"""A walk through what editors and readers do. After each step every page that is still kept must be as if made now."""

import datetime as dt
import random
from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission

from accounts.commenting import appearance, moderation, posting
from accounts.models import Comment
from blog.editorial import corrections, drafting, masthead, particulars, plain_pages, publishing, topics
from blog.editorial.names import authors, identity, mergers
from blog.editorial.upkeep.listings import relist
from blog.models import Author, Correction, Masthead, PlainPage, Post
from blog.states import TEXT_CHANGES, CorrectionKind, State
from tests.factories import (
    CategoryFactory,
    SeriesFactory,
    TagFactory,
    UserFactory,
    make_author,
    make_editor,
    make_piece,
)
from tests.people import confirm
from tests.reading.baking.house import Clock, House, warm

pytestmark = pytest.mark.django_db


class World:
    """A small blog, and the acts that change what readers see of it."""

    def __init__(self, clock: Clock, chance: random.Random) -> None:
        self.clock, self.chance, self.count = clock, chance, 0
        self.editor = make_editor()
        self.editor.user_permissions.add(*Permission.objects.filter(content_type__app_label="blog"))
        self.reader = confirm(UserFactory())
        self.categories = [CategoryFactory(), CategoryFactory()]
        self.tags = [TagFactory(), TagFactory()]
        self.series = SeriesFactory(planned_parts=4)
        self.writers = [UserFactory(), UserFactory()]
        self.authors = [make_author(writer, name=f"Writer {i}") for i, writer in enumerate(self.writers)]
        for _ in range(5):
            self.publish()

    def piece(self, state: State) -> Post:
        self.count += 1
        number = self.chance.randrange(2)
        return make_piece(
            state,
            title=f"Piece number {self.count}",
            at=self.clock.now,
            editor=self.editor,
            writer=self.writers[number],
            author=self.authors[number],
            category=self.chance.choice(self.categories),
        )

    def some(self, state: State = State.PUBLISHED) -> Post:
        return self.chance.choice(Post.objects.filter(state=state, published_at__lte=self.clock.now).order_by("pk"))

    def settle(self, post: Post, **changes: object) -> None:
        wanted = particulars.Particulars(
            **{
                "slug": post.slug,
                "category": post.category,
                "tags": list(post.tags.all()),
                "series": post.series,
                "part_number": post.part_number,
                "in_reply_to": post.in_reply_to.slug if post.in_reply_to else "",
                **changes,
            }
        )
        particulars.settle(post=post, particulars=wanted, by=self.editor, at=self.clock.now)

    # What can happen
    def publish(self) -> None:
        publishing.publish(post=self.piece(State.READY), by=self.editor, at=self.clock.now)

    def schedule(self) -> None:
        go_out_at = self.clock.now + dt.timedelta(minutes=90)
        publishing.publish(post=self.piece(State.READY), by=self.editor, at=self.clock.now, go_out_at=go_out_at)

    def backdate(self) -> None:
        go_out_at = self.clock.now - dt.timedelta(days=40)
        publishing.publish(post=self.piece(State.READY), by=self.editor, at=self.clock.now, go_out_at=go_out_at)

    def correct(self) -> None:
        post = self.some()
        text = drafting.Text(title=f"{post.live.title}!", standfirst="Another.", body="<p>Other words than before.</p>")
        drafting.save_text(post=post, text=text, by=self.editor, at=self.clock.now, based_on=post.working_id)
        kind = self.chance.choice(TEXT_CHANGES)
        note = "A figure was wrong."
        corrections.publish_correction(post=post, note=note, by=self.editor, at=self.clock.now, kind=kind)

    def withhold(self) -> None:
        told = Correction.objects.filter(kind=CorrectionKind.CORRECTION, is_withheld=False, post__state=State.PUBLISHED)
        if found := told.order_by("pk").first():
            corrections.withhold(correction=found, reason="Solicitors.", by=self.editor, at=self.clock.now)
        else:
            self.correct()

    def give_back(self) -> None:
        self.withhold()
        for found in Correction.objects.filter(is_withheld=True):
            corrections.give_back(correction=found, by=self.editor, at=self.clock.now)

    def merge_names(self) -> None:
        self.count += 1
        other = make_author(name=f"Once {self.count}")
        post = self.some()
        post.bylines.create(author=other, position=50 + self.count)
        relist(post=post, at=self.clock.now)
        kept = make_author(name=f"Now {self.count}")
        mergers.merge(kept=kept, gone=other, by=self.editor, at=self.clock.now)

    def retract(self) -> None:
        titled = self.chance.choice([True, False])
        publishing.retract(
            post=self.some(), reason="It was wrong.", note="See.", shows_title=titled, by=self.editor, at=self.clock.now
        )

    def reinstate(self) -> None:
        self.retract()
        publishing.reinstate(post=self.some(State.RETRACTED), by=self.editor, at=self.clock.now)

    def comment(self) -> None:
        post = self.some()
        while not post.comments_open:
            self.publish()
            post = Post.objects.latest("pk")
        comment = posting.post_comment(post=post, text="So did we.", by=self.reader, at=self.clock.now)
        if comment.state == Comment.State.HELD:
            moderation.approve(comment=comment, by=self.editor, at=self.clock.now)

    def hide_comment(self) -> None:
        self.comment()
        comment = Comment.objects.public().latest("pk")
        moderation.hide(comment=comment, reason="Rude.", by=self.editor, at=self.clock.now)

    def rename_commenter(self) -> None:
        self.comment()
        appearance.rename(user=self.reader, display_name=f"Reader {self.count}", at=self.clock.now)

    def rename_author(self) -> None:
        self.count += 1
        author = Author.objects.get(pk=self.chance.choice(self.authors).pk)
        details = identity.BylineDetails(
            name=f"Renamed {self.count}", role="Officer", organisation="", is_pen_name=False
        )
        authors.describe(author=author, details=details, by=self.editor, at=self.clock.now)

    def move_category(self) -> None:
        self.settle(self.some(), category=self.chance.choice(self.categories))

    def retag(self) -> None:
        self.settle(self.some(), tags=self.chance.sample(self.tags, self.chance.randrange(3)))

    def put_in_series(self) -> None:
        free = [n for n in range(1, 9) if not Post.objects.filter(series=self.series, part_number=n).exists()]
        self.settle(self.some(), series=self.series, part_number=free[0])

    def take_out_of_series(self) -> None:
        self.settle(self.some(), series=None, part_number=None)

    def answer_another(self) -> None:
        first, second = self.some(), self.some()
        if first != second:
            self.settle(first, in_reply_to=second.slug)

    def change_address(self) -> None:
        self.count += 1
        self.settle(self.some(), slug=f"another-address-{self.count}")

    def close_comments(self) -> None:
        self.settle(self.some(), comments_open=False)

    def rename_topic(self) -> None:
        topic = self.chance.choice([*self.categories, *self.tags, self.series])
        self.count += 1
        setattr(topic, "title" if topic is self.series else "name", f"Topic {self.count}")
        topics.keep(topic=topic, by=self.editor, at=self.clock.now)

    def plan_series(self) -> None:
        self.series.planned_parts += 1
        topics.keep(topic=self.series, by=self.editor, at=self.clock.now)

    def change_masthead(self) -> None:
        self.count += 1
        row = Masthead.current()
        row.strapline = f"Strapline {self.count}"
        masthead.keep_masthead(masthead=row, by=self.editor, at=self.clock.now)

    def change_page(self) -> None:
        page = PlainPage.objects.first()
        self.count += 1
        text = plain_pages.PageText(title=f"Page {self.count}", slug=page.slug, body="<p>Other words.</p>")
        plain_pages.save(page=page, text=text, by=self.editor, at=self.clock.now)


ACTS: list[Callable[[World], None]] = [
    act for name, act in vars(World).items() if not name.startswith("_") and name not in {"piece", "some", "settle"}
]


def assert_fresh(house: House, done: list[str]) -> None:
    if stale := house.stale():
        pytest.fail("\n".join([f"after {', '.join(done)}:", *stale]), pytrace=False)


@pytest.mark.parametrize("seed", [1])
def test_after_each_act_every_kept_page_is_as_if_made_now(house: House, clock: Clock, seed: int):
    chance = random.Random(seed)
    clock.pass_(days=-3)
    world = World(clock, chance)
    acts = chance.sample(ACTS, len(ACTS))
    done = []
    for act in acts:
        clock.pass_(hours=2)
        house.look()
        if done[-1:] == ["schedule"]:
            assert_fresh(house, ["schedule", "its time has come"])
        warm("/sitemap.xml", "/comments/feed/", "/robots.txt")
        assert len(house.kept()) > 20
        act(world)
        house.look()
        done.append(act.__name__)
        assert_fresh(house, done[-3:])
