"""What a page says of itself to programs: Open Graph (https://ogp.me/) and schema.org facts as JSON-LD.

A page's builder says what the page is about (`Article`, `Profile` …); `describe` makes of it what its head shows.
Nothing here reads the database: what is said stands on the page already.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from blog.editorial.letters.writing import absolute
from blog.models import Author, Byline, Masthead, Post, Revision, Series, Tag
from blog.reading import cards
from blog.reading.series import Place

Facts = dict[str, Any]
LANGUAGE = "en-GB"
CONTEXT = "https://schema.org"


@dataclass(frozen=True)
class Page:
    """A page that is about nothing in particular."""

    title: str


@dataclass(frozen=True)
class Home:
    """The front page."""


@dataclass(frozen=True)
class Article:
    """A piece with its live text."""

    post: Post
    text: Revision
    bylines: Sequence[Byline]
    tags: Sequence[Tag]
    place: Place | None
    published_at: dt.datetime
    corrected_at: dt.datetime | None = None

    @property
    def changed_at(self) -> dt.datetime:
        """When its text changed last before readers."""
        return max(self.published_at, self.corrected_at or self.published_at)


@dataclass(frozen=True)
class Profile:
    """The page of a public name."""

    author: Author


@dataclass(frozen=True)
class Run:
    """The page of a series."""

    series: Series


Subject = Page | Home | Article | Profile | Run


@dataclass(frozen=True)
class Metadata:
    """What the head of a page shows. `properties` are further ones of Open Graph."""

    kind: str
    title: str
    image: str
    image_alt: str
    facts: list[Facts]
    description: str = ""
    properties: list[tuple[str, str]] = field(default_factory=list)
    width: int = cards.WIDTH
    height: int = cards.HEIGHT


def describe(subject: Subject, *, masthead: Masthead, address: str, description: str = "") -> Metadata:
    """Return what the head of the page at that address shows."""
    if isinstance(subject, Article):
        return _article(subject, masthead, address)
    facts: list[Facts] = []
    kind, title = "website", masthead.name
    if isinstance(subject, Home):
        facts = [_website(masthead)]
        description = description or masthead.strapline
    elif isinstance(subject, Profile):
        kind, title = "profile", subject.author.name
        facts = [_profile_page(subject.author), _trail((_("Writers"), reverse("reading:authors")), (title, ""))]
    elif isinstance(subject, Run):
        title, description = subject.series.title, subject.series.description
        facts = [_run(subject.series), _trail((_("Series"), reverse("reading:series_list")), (title, ""))]
    else:
        title = subject.title
        facts = [_trail((title, ""))]
    return Metadata(
        kind=kind,
        title=title,
        description=description,
        image=absolute(cards.path_of(cards.of_site(masthead))),
        image_alt=": ".join(filter(None, [masthead.name, masthead.strapline])),
        facts=facts,
    )


def _article(article: Article, masthead: Masthead, address: str) -> Metadata:
    post, text = article.post, article.text
    card = cards.of_piece(post, text, bylines=article.bylines, place=article.place, masthead=masthead)
    tags = [tag.name for tag in article.tags]
    properties = [
        ("article:published_time", _written(article.published_at)),
        ("article:modified_time", _written(article.changed_at)),
        *(("article:author", absolute(byline.author.get_absolute_url())) for byline in article.bylines),
        *([("article:section", post.category.name)] if post.category else []),
        *(("article:tag", tag) for tag in tags),
    ]
    image = absolute(cards.path_of(card, pk=post.pk))
    return Metadata(
        kind="article",
        title=text.title,
        description=text.standfirst,
        image=image,
        image_alt=_("“{title}”, by {names}").format(title=text.title, names=card.byline),
        properties=properties,
        facts=[_article_facts(article, masthead, address, image, tags), _article_trail(article)],
    )


def _article_facts(article: Article, masthead: Masthead, address: str, image: str, tags: list[str]) -> Facts:
    post, text, place = article.post, article.text, article.place
    lead = [absolute(text.lead_picture.file.url)] if text.lead_picture else []
    belongs: list[Facts] = [_blog(masthead)]
    if place:
        belongs.append(_series(place.series))
    return _without_empty({
        "@type": "Article",
        "headline": text.title,
        "description": text.standfirst,
        "url": address,
        "mainEntityOfPage": address,
        "inLanguage": LANGUAGE,
        "datePublished": _written(article.published_at),
        "dateModified": _written(article.changed_at),
        "author": [_person(byline.author) for byline in article.bylines],
        "publisher": {"@type": "Organization", "name": masthead.name, "url": absolute("/")},
        "image": [*lead, image],
        "isPartOf": belongs,
        "position": place.number if place else None,
        "articleSection": post.category.name if post.category else "",
        "keywords": tags,
        "wordCount": text.words,
        "commentCount": post.comment_count,
    })  # fmt: skip


def _article_trail(article: Article) -> Facts:
    title = article.text.title
    if article.place:
        series = article.place.series
        first = (_("Series"), reverse("reading:series_list"))
        return _trail(first, (series.title, series.get_absolute_url()), (title, ""))
    if article.post.category:
        category = article.post.category
        return _trail((category.name, category.get_absolute_url()), (title, ""))
    return _trail((title, ""))


def _website(masthead: Masthead) -> Facts:
    search = f"{absolute('/search/')}?q={{search_term_string}}"
    return _without_empty({
        "@type": "WebSite",
        "name": masthead.name,
        "description": masthead.strapline,
        "url": absolute("/"),
        "inLanguage": LANGUAGE,
        "mainEntity": _blog(masthead),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=search_term_string",
        },
    })  # fmt: skip


def _blog(masthead: Masthead) -> Facts:
    return {"@type": "Blog", "name": masthead.name, "url": absolute("/")}


def _series(series: Series) -> Facts:
    return {"@type": "CreativeWorkSeries", "name": series.title, "url": absolute(series.get_absolute_url())}


def _run(series: Series) -> Facts:
    return _without_empty({**_series(series), "description": series.description, "inLanguage": LANGUAGE})


def _person(author: Author) -> Facts:
    return {"@type": "Person", "name": author.name, "url": absolute(author.get_absolute_url())}


def _profile_page(author: Author) -> Facts:
    """Describe the page of a public name. Of a pen name nothing is said but the name."""
    person = _person(author)
    if not author.is_pen_name:
        works_for = {"@type": "Organization", "name": author.organisation} if author.organisation else None
        portrait = absolute(author.portrait.file.url) if author.portrait else ""
        said = {
            "jobTitle": author.role,
            "worksFor": works_for,
            "description": strip_tags(author.about),
            "image": portrait,
        }
        person |= _without_empty(said)
    return {"@type": "ProfilePage", "mainEntity": person}


def _trail(*steps: tuple[str, str]) -> Facts:
    """Return the way from the front page to a page: names and paths, the last without one."""
    items = []
    for number, (name, path) in enumerate([(_("Home"), "/"), *steps], start=1):
        place = {"item": absolute(path)} if path else {}
        items.append({"@type": "ListItem", "position": number, "name": name, **place})
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _written(moment: dt.datetime) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds")


def _without_empty(facts: Facts) -> Facts:
    return {name: value for name, value in facts.items() if value not in (None, "", [])}
