"""The page of a piece."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from blog.editorial import corrections, drafting
from blog.editorial.names import identity
from blog.models import Picture, Post
from blog.reading import articles
from blog.states import State
from tests.factories import SeriesFactory, make_published
from tests.reading.surfaces import make_subject, written_by

pytestmark = pytest.mark.django_db
AT = dt.datetime(2013, 12, 10, 9, tzinfo=dt.UTC)
HOSTILE = '<script>alert("1")</script>'


def revise(post: Post, editor, **text) -> Post:
    """Publish a corrected text, the way that changes a live piece."""
    post = Post.objects.get(pk=post.pk)
    drafting.save_text(post=post, text=drafting.Text(**text), by=editor, at=AT, based_on=post.working_id)
    corrections.publish_correction(post=post, note="It was 241.", by=editor, at=AT + dt.timedelta(days=8))
    return Post.objects.get(pk=post.pk)


def test_a_piece_stands_at_its_date_and_name(client: Client):
    make_published(at=AT, title="Who closes a row?")
    assert client.get("/2013/12/10/who-closes-a-row/").status_code == 200


@pytest.mark.parametrize(
    "path", ["/2013/12/11/who-closes-a-row/", "/2019/01/01/who-closes-a-row/", "/2013/99/99/who-closes-a-row/"]
)
def test_a_wrong_date_leads_to_the_right_one(client: Client, path: str):
    make_published(at=AT, title="Who closes a row?")
    response = client.get(path)
    assert response.status_code == 301
    assert response["Location"] == "/2013/12/10/who-closes-a-row/"


def test_the_name_role_and_organisation_stand_in_the_byline(client: Client):
    writer = written_by(name="Robert Pollock", role="Director", organisation="Transformation Network", about="He is.")
    post = make_published(at=AT, **writer)
    text = client.get(post.get_absolute_url()).text
    assert "Robert Pollock</a>" in text
    assert "Director, Transformation Network" in text
    assert "He is." in text


def test_the_introduction_is_signed_and_apart(client: Client, editor):
    post = revise(
        make_published(at=AT),
        editor,
        introduction="<p>He got in touch.</p>",
        introduced_by=identity.staff_author(user=editor),
    )
    text = client.get(post.get_absolute_url()).text
    assert "From the editor, Tom Ashby" in text
    assert text.index("He got in touch.") < text.index('<div class="prose">')


def test_a_correction_is_told_with_its_date(client: Client, editor):
    post = revise(make_published(at=AT), editor, title="Who closes a row")
    text = client.get(post.get_absolute_url()).text
    assert "Corrected 18 December" in text
    assert "Correction, 18 December 2013." in text
    assert "It was 241." in text


def test_the_lead_picture_carries_its_description_and_credit(client: Client, editor):
    picture = Picture.objects.create(
        file="pictures/x.png",
        width=8,
        height=6,
        alt="A wall",
        caption="The list.",
        credit="Photograph: P",
        uploaded_at=AT,
    )
    post = revise(make_published(at=AT), editor, lead_picture=picture)
    text = client.get(post.get_absolute_url()).text
    assert 'alt="A wall" width="8" height="6"' in text
    assert "Photograph: P" in text


def test_script_in_any_field_is_shown_as_text(client: Client, editor):
    series = SeriesFactory(title=HOSTILE, slug="s", description=HOSTILE)
    writer = written_by(name=HOSTILE, role=HOSTILE, organisation=HOSTILE, about=HOSTILE)
    post = make_published(
        at=AT,
        title=HOSTILE,
        series=series,
        part_number=1,
        body=f"<p>Text</p>{HOSTILE}",
        **writer,
    )
    post = revise(post, editor, standfirst=HOSTILE)
    for path in (
        post.get_absolute_url(),
        "/",
        "/series/",
        "/series/s/",
        "/writers/",
        writer["author"].get_absolute_url(),
        "/archive/",
    ):
        assert "<script>alert" not in client.get(path).text, path


def test_search_engines_are_told_the_one_address(client: Client, settings):
    settings.SITE_URL = "https://aob.example"
    settings.ALLOWED_HOSTS = ["*"]
    post = make_published(at=AT, title="Who closes a row?")
    text = client.get(post.get_absolute_url(), headers={"host": "evil.example"}).text
    address = "https://aob.example/2013/12/10/who-closes-a-row/"
    assert f'<link rel="canonical" href="{address}">' in text
    assert f'<meta property="og:url" content="{address}">' in text
    assert '<meta name="description" content="A standfirst.">' in text
    assert "evil.example" not in text


def test_a_piece_takes_no_more_queries_with_three_parts_than_with_one(django_assert_num_queries):
    subject = make_subject(State.PUBLISHED, at=AT)
    address = {"year": 2013, "month": 12, "day": 10, "slug": subject.post.slug}
    # One of them asks what is planned for the parts that are missing
    with django_assert_num_queries(8):
        articles.post(**address, moment=timezone.now())
    for number in (2, 3):
        make_published(at=AT, title=f"Part {number}", series=subject.series, part_number=number)
    with django_assert_num_queries(7):
        articles.post(**address, moment=timezone.now())
