"""A post is one piece, from the first idea to the retraction."""

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelsearch import index

from blog.prose import as_plain
from blog.states import OUT_STATES, UNPUBLISHED_STATES, WHOSE_TURN, State, Turn
from blog.words import words_of

if TYPE_CHECKING:
    from accounts.models import User
    from blog.models.bylines import Byline


IS_OUT = Q(state__in=sorted(OUT_STATES))


class PostQuerySet(models.QuerySet["Post"]):
    """Posts, with the one gate for readers."""

    def visible_at(self, moment: dt.datetime) -> "PostQuerySet":
        """Return what readers may see at that moment: published, and its time has come.

        Every reader's surface goes through here and through nothing else.
        """
        return self.filter(state=State.PUBLISHED, published_at__lte=moment)

    def ahead_at(self, moment: dt.datetime) -> "PostQuerySet":
        """Return what is published, but not visible yet, so that counts of readers' lists can leave it out."""
        return self.filter(state=State.PUBLISHED, published_at__gt=moment)

    def newest_first(self) -> "PostQuerySet":
        """Order as readers meet them; the key breaks ties, so that pages of a list never overlap."""
        return self.order_by("-published_at", "-pk")

    def for_lists(self) -> "PostQuerySet":
        """Bring along what an entry in a list shows, in a fixed number of queries, without the long texts."""
        return (
            self.select_related("live", "series", "category")
            .prefetch_related("bylines__author")
            .defer("live__body", "live__introduction")
        )

    def locked(self, pk: int) -> "Post":
        """Return the row as it is now, locked until the transaction ends, joined to nothing (see `blog.editorial`)."""
        return self.select_for_update(of=("self",)).get(pk=pk)

    def held_by(self, user: "User") -> "PostQuerySet":
        """Return the pieces that an account has a name on."""
        return self.filter(bylines__author__identity__user=user).distinct()


class LiveTitle(index.SearchField):
    """The title that readers see; `Post.title` is that of the working text."""

    def get_value(self, obj: "Post") -> str:
        """Return its words."""
        return " ".join(words_of(obj.live.title)) if obj.live else ""


class Post(index.Indexed, models.Model):
    """One piece. Its text is in revisions; `state` is written by `blog.editorial.moves` alone."""

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFTING, editable=False)
    state_since = models.DateTimeField(_("since"), editable=False)
    working = models.ForeignKey(
        "blog.Revision", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("working revision")
    )
    live = models.ForeignKey(
        "blog.Revision", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("live revision")
    )
    published_at = models.DateTimeField(_("publication"), null=True, blank=True)
    slug = models.SlugField(_("address"), max_length=200, blank=True)

    is_guest_piece = models.BooleanField(_("guest piece"), default=True, help_text=_("Needs the writers’ sign-off."))
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("looked after by"),
    )
    brief = models.TextField(_("what we asked for"), max_length=2000, blank=True)
    brief_words = models.PositiveIntegerField(_("length asked for, in words"), null=True, blank=True)
    due_date = models.DateField(_("due"), null=True, blank=True)
    proof_due_date = models.DateField(_("sign-off due"), null=True, blank=True)
    created_at = models.DateTimeField(_("begun"))

    authors = models.ManyToManyField("blog.Author", through="blog.Byline", related_name="posts")
    category = models.ForeignKey(
        "blog.Category",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
        verbose_name=_("category"),
    )
    tags = models.ManyToManyField("blog.Tag", blank=True, related_name="posts", verbose_name=_("tags"))
    series = models.ForeignKey(
        "blog.Series", on_delete=models.PROTECT, null=True, blank=True, related_name="posts", verbose_name=_("series")
    )
    part_number = models.PositiveSmallIntegerField(_("part"), null=True, blank=True)
    in_reply_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replies", verbose_name=_("in reply to")
    )
    reply_told_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text=_("When the writers of what it answers were told.")
    )
    is_reminded = models.BooleanField(_("reminders go out"), default=True)
    has_former_names = models.BooleanField(default=False, editable=False)
    comments_open = models.BooleanField(_("comments are open"), default=True)
    comments_closed_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text=_("When an editor closed the comments by hand.")
    )
    comments_close_after = models.PositiveSmallIntegerField(
        _("comments close after, in days"),
        null=True,
        blank=True,
        help_text=_("Empty: as its category and the blog have it. 0: never."),
    )
    comment_count = models.PositiveIntegerField(_("comments"), default=0, editable=False)
    comment_pages = models.PositiveSmallIntegerField(default=1, editable=False)

    objects = PostQuerySet.as_manager()

    # What search finds a piece by, and what its results can be narrowed to, as `upkeep.search_index` writes it
    search_auto_update = False
    search_fields = [
        LiveTitle("title", boost=8),  # type: ignore[no-untyped-call]  # modelsearch has no types
        index.SearchField("searched_text"),
        index.FilterField("id"),
        index.FilterField("state"),
        index.FilterField("published_at"),
        index.FilterField("series"),
        index.RelatedFields("bylines", [index.FilterField("author")]),
    ]

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("piece")
        verbose_name_plural = _("pieces")
        permissions = [
            ("write_pieces", _("Can begin pieces of their own")),
            ("edit_pieces", _("Can invite, review and edit pieces")),
            ("publish_pieces", _("Can publish, correct and retract pieces")),
            ("run_blog", _("Can change the masthead and the templates of letters")),
        ]
        indexes = [
            models.Index(fields=["state", "-published_at", "-id"], name="post_by_publication"),
            models.Index(fields=["state", "state_since"], name="post_by_wait"),
            models.Index(fields=["-state_since", "-id"], name="post_by_last_move"),
            # Hardly any piece is a reply, which makes the key's own index look useless
            models.Index(
                fields=["in_reply_to"], condition=Q(in_reply_to__isnull=False), name="post_by_what_it_answers"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="post_state_is_known"),
            models.CheckConstraint(condition=~IS_OUT | Q(published_at__isnull=False), name="published_post_has_a_date"),
            models.CheckConstraint(condition=~IS_OUT | Q(live__isnull=False), name="published_post_has_a_live_text"),
            models.CheckConstraint(condition=~IS_OUT | ~Q(slug=""), name="published_post_has_an_address"),
            models.CheckConstraint(
                condition=IS_OUT | Q(live__isnull=True, published_at__isnull=True),
                name="unpublished_post_has_no_live_text",
            ),
            models.UniqueConstraint(fields=["slug"], condition=~Q(slug=""), name="post_addresses_differ"),
            models.CheckConstraint(
                condition=Q(comments_open=False) | Q(comments_closed_at__isnull=True),
                name="open_comments_are_not_closed",
            ),
            models.CheckConstraint(
                condition=Q(part_number__isnull=True) | Q(series__isnull=False) & Q(part_number__gte=1),
                name="part_number_is_of_a_series",
            ),
            models.CheckConstraint(
                condition=Q(in_reply_to__isnull=True) | ~Q(in_reply_to=F("pk")), name="post_does_not_reply_to_itself"
            ),
            models.UniqueConstraint(
                F("series"),
                F("part_number"),
                condition=~Q(state__in=[State.WITHDRAWN, State.DECLINED]),
                name="parts_of_a_series_differ",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title of the working text, or a stand-in while there is none."""
        return (self.working.title if self.working else "") or gettext("Untitled piece")

    @property
    def readers_title(self) -> str:
        """The title that readers see; until they see one, that of the working text."""
        return self.live.title if self.live else self.title

    @property
    def turn(self) -> Turn:
        """Whose turn it is."""
        return WHOSE_TURN[State(self.state)]

    @property
    def is_unpublished(self) -> bool:
        """Whether it is still on its way to publication."""
        return self.state in UNPUBLISHED_STATES

    def is_visible_at(self, moment: dt.datetime) -> bool:
        """Say of a row at hand what `PostQuerySet.visible_at` says of rows in the database."""
        return self.state == State.PUBLISHED and self.published_at is not None and self.published_at <= moment

    @property
    def answer_due_date(self) -> dt.date | None:
        """The day by which a writer may expect the editor's answer, while it is the editor's turn."""
        if self.turn is not Turn.EDITOR:
            return None
        return timezone.localdate(self.state_since) + dt.timedelta(days=settings.ANSWER_DAYS)

    @classmethod
    def get_indexed_objects(cls) -> PostQuerySet:
        """Return what belongs in the index of search, with all that is written there."""
        published = cls.objects.filter(state=State.PUBLISHED)
        return published.select_related("live", "category", "series").prefetch_related("bylines__author", "tags")

    @cached_property
    def searched_text(self) -> str:
        """Return the words of the live text and of what stands around it, apart from those of the title."""
        if self.live is None:
            return ""
        names = [byline.author.name for byline in self.ordered_bylines()]
        topics = [tag.name for tag in self.tags.all()]
        topics += [str(topic) for topic in (self.category, self.series) if topic]
        texts = [as_plain(self.live.introduction), as_plain(self.live.body)]
        return " ".join(words_of(" ".join([self.live.standfirst, *names, *topics, *texts])))

    def ordered_bylines(self) -> list["Byline"]:
        """Return the names in the order they are printed, from the prefetched rows if there are any."""
        return sorted(self.bylines.all(), key=lambda byline: byline.position)

    def get_absolute_url(self) -> str:
        """Return the path readers find it under; raise ValueError before it has a date and an address."""
        if not self.published_at or not self.slug:
            raise ValueError("A piece has no address before it is published.")
        day = timezone.localdate(self.published_at)
        return reverse("reading:post", args=[day.year, f"{day.month:02}", f"{day.day:02}", self.slug])
