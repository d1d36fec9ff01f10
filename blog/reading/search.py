"""The search page, built from what the address asks and the moment; nothing in it depends on who asks."""

import datetime as dt
import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from functools import cached_property
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from modelsearch.backends import get_search_backend

from blog import words as wording
from blog.editorial.upkeep import search_index
from blog.models import Author, Byline, OutdatedEntry, Post, Series
from blog.models.posts import PostQuerySet
from blog.prose import as_plain, clean_line
from blog.reading import lists, spelling
from blog.reading.rendering import render
from blog.searching import AwayError, Beginning, Found, PlainText

logger = logging.getLogger(__name__)

ENDS = (".", "!", "?", "…", ":", ";", ",", "”", "’", ")")
EXTRACT = 260  # Characters
SHORTEST_BEGINNING = 2
MOST_CHOICES = 30


@dataclass(frozen=True)
class Question:
    """What somebody looks for, as the address says it: any text at all."""

    q: str = ""
    author: str = ""
    series: str = ""
    year: str = ""
    page: str = ""

    @classmethod
    def asked(cls, given: Mapping[str, str]) -> Self:
        """Return what an address asks; signs that no text holds, and what is too long, are left out."""
        names = (field.name for field in fields(cls))
        return cls(**{name: clean_line(given.get(name, ""))[: wording.LONGEST_QUESTION] for name in names})

    @cached_property
    def words(self) -> list[str]:
        """The words that are looked for."""
        return wording.sought(self.q)

    @property
    def number(self) -> int:
        """The page of the results, 0 for none that there could be."""
        if not self.page:
            return 1
        return int(self.page) if self.page.isascii() and self.page.isdecimal() and len(self.page) < 7 else 0

    @property
    def path(self) -> str:
        """The address that asks the same."""
        given = {name: value for name, value in asdict(self).items() if value}
        return reverse("reading:search") + (f"?{urlencode(given)}" if given else "")

    def but(self, **changes: str) -> Self:
        """Return another question, from its first page on."""
        return replace(self, **{"page": "", **changes})


@dataclass(frozen=True)
class Result:
    """A piece that was found: as it stands in a list, with the words marked."""

    entry: lists.Entry
    title: list[wording.Piece]
    extract: list[wording.Piece]


@dataclass(frozen=True)
class Choice:
    """Something that the results can be narrowed to."""

    value: str
    name: str
    is_chosen: bool


def page(*, question: Question, moment: dt.datetime) -> tuple[str, int]:
    """Build the page, and return it with its status: 404 for a page of results that there is not."""
    if not question.words:
        newest = lists.newest(moment=moment)
        return _render(Question(q=question.q), newest=newest, is_asked=bool(question.q)), 200
    posts = Post.objects.visible_at(moment)
    chosen, narrowed = _narrowed(posts, question)
    is_begun = False
    start = (question.number - 1) * lists.A_PAGE if question.number else 0
    everywhere = found = _look(question.words, posts, start)
    if not found.count and len(question.words[-1]) >= SHORTEST_BEGINNING:
        is_begun = True
        everywhere = found = _look(question.words, posts, start, is_begun=True)
    if chosen and found.count:
        found = _look(question.words, narrowed, start, is_begun=is_begun)
    last = max(1, -(-found.count // lists.A_PAGE))
    is_beyond = not 1 <= question.number <= last
    shown = [] if is_beyond else found.shown
    finder = wording.Finder(question.words, beginning=question.words[-1] if is_begun else "")
    meant = None if everywhere.count else _meant(question, posts)
    text = _render(
        question,
        found=found,
        results=_results(shown, finder, moment=moment),
        everywhere=everywhere,
        is_begun=is_begun and bool(everywhere.count),
        is_narrowed=bool(chosen),
        is_beyond=is_beyond,
        number=question.number,
        last=last,
        choices=_choices(everywhere, chosen, moment=moment),
        first_page=question.but(),
        unnarrowed=question.but(author="", series="", year=""),
        newer=_turned(question, question.number - 1) if question.number > 1 and not is_beyond else None,
        older=_turned(question, question.number + 1) if question.number < last and not is_beyond else None,
        meant=meant,
        newest=[] if everywhere.count else lists.newest(moment=moment),
    )
    return text, 404 if is_beyond else 200


def _render(question: Question, **context: Any) -> str:
    path = question.path if question == Question() else ""  # No results have one address
    return render("search", path=path, question=question, section="search", **context)


def _turned(question: Question, number: int) -> Question:
    return question.but(page=str(number) if number > 1 else "")


def _look(words: list[str], posts: PostQuerySet, start: int, *, is_begun: bool = False) -> Found:
    """Find pieces: in OpenSearch, where there is one and it answers, otherwise in the database."""
    query = (Beginning if is_begun else PlainText)(" ".join(words), operator="and")
    if search_index.has_opensearch():
        # What OpenSearch has not been told yet, it may still know as it was before a retraction
        outdated = list(OutdatedEntry.objects.values_list("pk", flat=True)[: search_index.MOST_OUTDATED + 1])
        if len(outdated) <= search_index.MOST_OUTDATED:
            current = posts.exclude(pk__in=outdated) if outdated else posts
            try:
                return _ask("opensearch", query, current, start)
            except AwayError as error:
                logger.warning("OpenSearch does not answer, the database does: %s", error)
    return _ask("default", query, posts, start)


def matching(words: list[str], posts: PostQuerySet) -> QuerySet[Post]:
    """Return the bare query that finds these words in the database, the newest pieces first."""
    results = get_search_backend("default").search(PlainText(" ".join(words), operator="and"), posts)
    found: QuerySet[Post] = results.query_compiler.matching(results.query_compiler.get_config(results.backend))
    return found


def _ask(backend: str, query: PlainText, posts: PostQuerySet, start: int) -> Found:
    found: Found = get_search_backend(backend).search(query, posts).look(start, lists.A_PAGE)
    return found


def _narrowed(posts: PostQuerySet, question: Question) -> tuple[dict[str, Any], PostQuerySet]:
    """Return what of the filters is known to readers, by its name, and the pieces that they leave."""
    chosen: dict[str, Any] = {}
    visible = posts
    if question.author and (author := Author.objects.filter(slug=question.author).first()):
        # Begins to exist for readers with the first piece that they can see, as a series does
        by_author = visible.filter(bylines__author=author.pk)
        if by_author.exists():
            chosen["author"], posts = author, by_author
    series = Series.objects.filter(slug=question.series).first() if question.series else None
    if series and visible.filter(series=series.pk).exists():
        chosen["series"], posts = series, posts.filter(series=series.pk)
    if question.year.isascii() and question.year.isdecimal() and 1000 <= int(question.year[:5]) < 9999:
        year = chosen["year"] = int(question.year)
        posts = posts.filter(published_at__gte=_new_year(year), published_at__lt=_new_year(year + 1))
    return chosen, posts


def _new_year(year: int) -> dt.datetime:
    return timezone.make_aware(dt.datetime(year, 1, 1))  # noqa: DTZ001  By the blog's clock


def _choices(found: Found, chosen: dict[str, Any], *, moment: dt.datetime) -> dict[str, list[Choice]]:
    """Return what the results can be narrowed to; of very many results, what the first of them offer."""
    keys = [match.pk for match in found.first]
    # Counted here: a database would gather and sort all of them first
    bylines = Byline.objects.filter(post__in=keys).order_by("author_id").values_list("author__slug", "author__name")
    authors = dict(name for name, _ in Counter(bylines).most_common(MOST_CHOICES))
    most_in = Counter(match.series_id for match in found.first if match.series_id).most_common(MOST_CHOICES)
    series = dict(Series.objects.filter(pk__in=[pk for pk, _ in most_in]).values_list("slug", "title"))
    years = _years(found, moment=moment)
    year = chosen.get("year")
    if found.count:
        # What is chosen can be seen and taken back, also where it leaves nothing
        for kind, names in (("author", authors), ("series", series)):
            if topic := chosen.get(kind):
                names[topic.slug] = str(topic)
        years |= {year} if year else set()
    return {
        "author": _sorted(authors, chosen.get("author")),
        "series": _sorted(series, chosen.get("series")),
        "year": [Choice(str(number), str(number), number == year) for number in sorted(years, reverse=True)],
    }


def _years(found: Found, *, moment: dt.datetime) -> set[int]:
    """Return the years of what was found; of very many, all from that of the oldest piece to that of the newest."""
    dates = [match.published_at for match in found.first]
    if found.is_ranked or not dates:
        return {timezone.localdate(date).year for date in dates}
    oldest = Post.objects.visible_at(moment).order_by("published_at").values_list("published_at", flat=True).first()
    return set(range(timezone.localdate(oldest or min(dates)).year, timezone.localdate(max(dates)).year + 1))


def _sorted(names: dict[str, str], chosen: Author | Series | None) -> list[Choice]:
    slug = chosen.slug if chosen else ""
    return [
        Choice(value, name, value == slug)
        for value, name in sorted(names.items(), key=lambda item: (item[1].casefold(), item[0]))
    ]


def _results(keys: list[int], finder: wording.Finder, *, moment: dt.datetime) -> list[Result]:
    posts = Post.objects.visible_at(moment).filter(pk__in=keys).order_by().select_related("live", "series")
    bylines = Prefetch("bylines", Byline.objects.select_related("author").order_by())
    rows = {post.pk: post for post in posts.prefetch_related(bylines)}
    entries = lists.entries([rows[key] for key in keys if key in rows], moment=moment)
    return [Result(entry, finder.marked(entry.text.title), _extract(entry, finder)) for entry in entries]


def _extract(entry: lists.Entry, finder: wording.Finder) -> list[wording.Piece]:
    """Return where the words stand: in the standfirst, the text, the introduction; or else how the piece begins."""
    text = entry.text
    return (
        finder.extract(text.standfirst, around=EXTRACT)
        or finder.extract(_line(text.body), around=EXTRACT)
        or finder.extract(_line(text.introduction), around=EXTRACT)
        or [wording.Piece(text.standfirst)]
    )


def _line(prose: str) -> str:
    """Return a text as one line. A heading stays apart from what follows it."""
    lines = as_plain(prose).split("\n")
    return " ".join(line if line.endswith(ENDS) else f"{line} ·" for line in lines).removesuffix(" ·")


def _meant(question: Question, posts: PostQuerySet) -> Question | None:
    """Return the question with its slips put right, or None. Only what readers can find is offered."""
    right = spelling.put_right(question.words, lambda words: _look(words, posts, 0).count)
    return question.but(q=" ".join(right), author="", series="", year="") if right else None
