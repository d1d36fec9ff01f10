"""Search with OpenSearch: what it is told and asked, and that readers are answered when it is away."""

import datetime as dt
import logging
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from blog.editorial import publishing
from blog.editorial.upkeep import search_index
from blog.models import OutdatedEntry, Post
from tests.factories import make_editor, make_published
from tests.reading.opensearch import StandIn, serve
from tests.reading.test_search import heading, look

pytest.importorskip("opensearchpy")
pytestmark = pytest.mark.django_db

YESTERDAY = dt.timedelta(days=1)


@pytest.fixture
def opensearch(settings) -> Iterator[StandIn]:
    stand_in, server = serve()
    settings.MODELSEARCH_BACKENDS = {
        "default": settings.MODELSEARCH_BACKENDS["default"],
        "opensearch": {
            "BACKEND": "blog.searching.opensearch",
            "URLS": [stand_in.url],
            "INDEX_PREFIX": "wlg_",
            "OPTIONS": {"max_retries": 0},
        },
    }
    logging.getLogger("opensearch").setLevel(logging.CRITICAL)
    yield stand_in
    server.shutdown()
    server.server_close()


@pytest.fixture
def post(opensearch: StandIn) -> Post:
    post = make_published(title="Chasers", at=timezone.now() - YESTERDAY)
    assert search_index.catch_up(at=timezone.now()) == 1
    return post


def test_it_is_told_by_the_worker_what_was_published(opensearch: StandIn, post: Post):
    [[action, document]] = opensearch.asked_for("POST", "/wlg_blog_post/_bulk")
    assert action == {"index": {"_id": str(post.pk)}} or action["index"]["_id"] == str(post.pk)
    assert document["title"] == "chasers"
    assert "standfirst" in document["searched_text"]
    assert document["state_filter"] == "published"
    assert document["bylines"] == [{"author_id_filter": post.bylines.get().author_id}]
    assert not OutdatedEntry.objects.exists()


def test_it_is_asked_for_what_readers_may_see(client: Client, opensearch: StandIn, post: Post):
    opensearch.hits, opensearch.total = [post.pk], 41
    text = look(client, "chasers", author=post.bylines.get().author.slug)
    assert heading(text) == "41 pieces with ‘chasers’"
    assert "Page 2 of 5" in text
    assert "<mark>Chasers</mark>" in text
    query = opensearch.asked_for("POST", "/_search")[-1]
    assert query["query"]["bool"]["must"]["multi_match"]["query"] == "chasers"
    filters = str(query["query"]["bool"]["filter"])
    assert "{'state_filter': 'published'}" in filters
    assert "{'published_at_filter': {'lte':" in filters
    assert "bylines.author_id_filter" in filters
    assert query["track_total_hits"] is True


def test_what_it_finds_still_passes_the_gate(client: Client, opensearch: StandIn, post: Post):
    Post.objects.update(published_at=timezone.now() + YESTERDAY)
    opensearch.hits = [post.pk, 987654]
    assert "<mark>" not in look(client, "chasers")


def test_a_retraction_counts_before_it_is_told(client: Client, opensearch: StandIn, post: Post):
    publishing.retract(post=post, reason="A slip.", by=make_editor(), at=timezone.now())
    look(client, "chasers")
    left_out = opensearch.asked_for("POST", "/_search")[-1]["query"]["bool"]["filter"]
    assert f"{{'must_not': {{'terms': {{'id_filter': [{post.pk}]}}}}}}" in str(left_out)
    assert search_index.catch_up(at=timezone.now()) == 1
    assert opensearch.asked_for("DELETE", f"/_doc/{post.pk}")


@pytest.mark.parametrize("how", ["failing", "gone"])
def test_the_database_answers_while_it_is_away(client: Client, opensearch: StandIn, post: Post, settings, how: str):
    if how == "gone":
        settings.MODELSEARCH_BACKENDS["opensearch"]["URLS"] = ["http://127.0.0.1:9"]
    opensearch.is_failing = True
    assert heading(look(client, "chasers")) == "1 piece with ‘chasers’"


def test_what_it_could_not_be_told_waits_and_is_told_later(opensearch: StandIn, post: Post):
    now = timezone.now()
    opensearch.is_failing = True
    publishing.retract(post=post, reason="A slip.", by=make_editor(), at=now)
    assert search_index.catch_up(at=now) == 0
    assert search_index.catch_up(at=now) == 0
    assert OutdatedEntry.objects.get().attempts == 1
    opensearch.is_failing = False
    assert search_index.catch_up(at=now + dt.timedelta(hours=1)) == 1
    assert not OutdatedEntry.objects.exists()


def test_a_change_while_it_is_being_told_is_told_again(opensearch: StandIn, post: Post, monkeypatch):
    now = timezone.now()
    search_index.keep([post.pk], at=now)
    tell = search_index._tell

    def and_meanwhile(keys: list[int]) -> None:
        tell(keys)
        search_index.keep(keys, at=now)

    monkeypatch.setattr(search_index, "_tell", and_meanwhile)
    search_index.catch_up(at=now)
    monkeypatch.undo()
    assert OutdatedEntry.objects.get().claimed_until is None
    assert search_index.catch_up(at=now) == 1
    assert not OutdatedEntry.objects.exists()


def test_a_claim_is_left_alone_until_its_lease_is_over(opensearch: StandIn, post: Post):
    now = timezone.now()
    search_index.keep([post.pk], at=now)
    OutdatedEntry.objects.update(claimed_until=now + dt.timedelta(minutes=1))
    assert search_index.catch_up(at=now) == 0
    assert search_index.catch_up(at=now + dt.timedelta(minutes=2)) == 1


def test_nothing_is_told_to_an_index_that_was_never_made(opensearch: StandIn, post: Post):
    opensearch.has_index = False
    search_index.keep([post.pk], at=timezone.now())
    assert search_index.catch_up(at=timezone.now()) == 0
    assert OutdatedEntry.objects.exists()


def test_reindexing_makes_the_index_and_leaves_the_pieces_to_the_worker(
    client: Client, opensearch: StandIn, post: Post
):
    call_command("reindex", verbosity=0)
    [made] = opensearch.asked_for("PUT", "/wlg_blog_post")
    assert "analysis" in made["settings"]
    [mapping] = opensearch.asked_for("PUT", "/wlg_blog_post/_mapping")
    assert mapping["properties"]["published_at_filter"] == {"type": "date"}
    assert mapping["properties"]["bylines"]["type"] == "nested"
    assert OutdatedEntry.objects.count() == 1


def test_with_very_much_untold_the_database_answers(client: Client, opensearch: StandIn, post: Post, monkeypatch):
    monkeypatch.setattr(search_index, "MOST_OUTDATED", 0)
    search_index.keep([post.pk], at=timezone.now())
    assert heading(look(client, "chasers")) == "1 piece with ‘chasers’"
    assert not opensearch.asked_for("POST", "/_search")


def test_reindexing_says_when_it_is_away(opensearch: StandIn, post: Post):
    opensearch.is_failing = True
    with pytest.raises(CommandError, match="OpenSearch does not answer"):
        call_command("reindex")
