"""Everything that anybody else can get, from the URL configuration on: nothing says who is behind a pen name."""

from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from accounts.adapter import AccountAdapter
from blog.models import Letter
from blog.plain_files.exporting import export
from tests.addresses import ROUTES, routes
from tests.pen_names.allowed import is_allowed
from tests.pen_names.crawl import Crawl, Find
from tests.pen_names.life import Life
from tests.pen_names.listening import Listening
from tests.pen_names.needles import ADDRESS, PEN_NAMES, telling, telling_bytes
from tests.pen_names.seeds import seeds
from tests.world import ROLES

pytestmark = pytest.mark.django_db

# Those who must not know, in classes that see the same
CLASSES = {
    "readers": ["nobody", "reader", "contributor", "writer"],
    "guests": ["other guest", "co-author"],
    "editors": ["editor", "plain editor", "limited"],
    "administrators": ["owner", "administrator"],
}
LIKE_OTHERS = {"blocked": "reader", "publisher": "editor"}
# One of each kind also sends every form that it finds, and looks at more rows; the others are offered no other forms
THOROUGH = {"nobody", "co-author", "owner"}
# Rows whose name is the account's own, and which stand nowhere but in the list of accounts
PRIVATE_ROWS = {"User", "EmailAddress"}


def test_every_role_is_asked_but_the_person_and_who_may_look():
    asked = [role for roles in CLASSES.values() for role in roles]
    assert sorted([*asked, *LIKE_OTHERS]) == sorted(set(ROLES) - {"guest", "insider"})
    assert set(LIKE_OTHERS.values()) <= set(asked)


@pytest.mark.parametrize("roles", CLASSES.values(), ids=CLASSES)
def test_no_page_feed_picture_header_form_or_log_tells_who_it_is(roles: list[str], life: Life, log: Listening):
    world, telling_ones, broken = life, [], []
    assert set(routes()) == set(ROUTES), "a route without a row would not be looked at"
    pictures: dict[str, list[str]] = {}
    for role in roles:
        less = {} if role in THOROUGH else {"most_rows": 6, "most_of_a_kind": 2}
        crawl = Crawl(role, world.client(role), pictures=pictures, **less)
        crawl.go(seeds(world), sends=role in THOROUGH)
        telling_ones += [find for find in crawl.finds if not is_allowed(find)]
        broken += crawl.broken
        assert len(crawl.pages) > 300
    assert telling_ones == []
    assert broken == []
    assert log.told == []
    assert log.lines
    assert len(pictures) > 10


def test_what_the_post_room_shows_of_an_accounts_own_letters_names_nobody(life: Life):
    world = life
    AccountAdapter().send_mail(
        "account/email/login_code", ADDRESS, {"user": world.keeper, "code": "123456", "request": None}
    )
    own = Letter.objects.filter(kind__in=["account", "to_reader/digest"], to_user=world.keeper)
    assert set(own.values_list("kind", flat=True)) == {"account", "to_reader/digest"}
    own.update(status=Letter.Status.FAILED, last_error=f"refused: {ADDRESS}")
    for role in ("editor", "owner"):
        client = world.client(role)
        pages = [reverse("admin:blog_letter_change", args=[letter.pk]) for letter in own]
        for path in [*pages, f"{reverse('admin:blog_letter_changelist')}?status__exact=failed"]:
            assert telling(client.get(path).text) == []


def test_no_row_calls_itself_by_what_it_hides(life: Life):
    early = {"Pitch", "Invitation", "Letter"}
    rows = [
        row for model in apps.get_models() if model.__name__ not in PRIVATE_ROWS for row in model._base_manager.all()
    ]
    assert {type(row).__name__ for row in rows if telling(f"{row} {row!r}")} - early == set()
    assert [entry for entry in LogEntry.objects.all() if telling(f"{entry.object_repr} {entry.change_message}")] == []


def test_where_administrators_see_the_account_no_pen_name_stands(life: Life):
    world = life
    client = world.client("owner")
    for page, args in (("changelist", []), ("change", [world.keeper.pk]), ("history", [world.keeper.pk])):
        text = client.get(reverse(f"admin:accounts_user_{page}", args=args)).text
        assert [name for name in PEN_NAMES if name in text] == []


def test_no_file_of_the_site_as_plain_files_tells_who_it_is(life: Life, tmp_path: Path):
    tmp_path /= "site"  # Beside the media, which are in the same folder
    export(target=tmp_path, address="http://blog.example", now=timezone.now())
    finds, whole = [], b""
    for file in sorted(file for file in tmp_path.rglob("*") if file.is_file()):
        content, name = file.read_bytes(), str(file.relative_to(tmp_path))
        whole += content
        if told := {*telling_bytes(content), *telling(name)}:
            path = f"/{name}".removesuffix(file.name) if file.stem == "index" else f"/{name}"
            finds.append(Find("nobody", "GET", path, "file", tuple(sorted(told)), content.decode(errors="replace")))
    assert [find for find in finds if not is_allowed(find)] == []
    assert PEN_NAMES[0].encode() in whole
    assert len(finds) > 3, "a comment elsewhere, under the account's own name, is in some"
