"""The site as plain files: everything that readers see is in them, nothing else is, and any web server can host them."""

import datetime as dt
import http.client
import json
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.test import override_settings

from blog.editorial import corrections, drafting, publishing
from blog.editorial.upkeep import addresses, old_paths
from blog.models import ArrivalKind, Picture, PlainPage, Post
from blog.plain_files import exporting, making_many, searching, zipping
from blog.plain_files.exporting import Report, check_only, export
from blog.plain_files.folder import ExportError, Folder, list_of
from blog.plain_files.hosting import files as hosting_files
from blog.plain_files.links import links_in, local
from blog.plain_files.making import readdressed
from blog.plain_files.moves import Moves, page_of
from blog.reading import cards, lists
from blog.states import State
from tests.deploy.nginx import program, wait_for
from tests.factories import NOW, UserFactory, make_author, make_comment, make_editor, make_piece, make_published
from tests.on_postgresql import free_port
from tests.reading.surfaces import PERSONAL, SURFACES, Subject, make_subject

pytestmark = pytest.mark.django_db
SITE = "http://blog.example"
JOOMLA = "/index.php?option=com_content&view=article&id=12"
LATER = NOW + dt.timedelta(days=400)
# Forms, what they lead to, and what there is but for a program
NOT_IN_FILES = PERSONAL - {"contact", "pitch_form"} | {
    *("pitch_sent", "contact_sent", "subscribe_sent", "subscribe_series", "subscribe_author", "subscribe_category"),
    "healthz",
}  # fmt: skip


@dataclass(frozen=True)
class World:
    """A blog, and where its files and its media are."""

    subject: Subject
    changed: Post
    retracted: Post
    draft: Post
    picture: Picture
    kept_back: Picture
    folder: Path
    media: Path
    report: Report

    def text(self, name: str) -> str:
        return (self.folder / name).read_text()

    def pages(self) -> dict[str, str]:
        return {str(file.relative_to(self.folder)): file.read_text() for file in self.folder.rglob("*.html")}

    def again(self, folder: Path | None = None, *, address: str = SITE, now: dt.datetime = LATER) -> Report:
        return export(target=folder or self.folder, address=address, now=now)


def _picture(name: str, renditions: dict | None = None) -> Picture:
    row = Picture(width=640, height=480, alt="A row", uploaded_at=NOW, renditions=renditions or {})
    row.file.save(name, ContentFile(b"picture"), save=True)
    for ending, widths in (renditions or {}).items():
        for width in widths:
            row.file.storage.save(row.rendition_name(width, ending), ContentFile(b"smaller"))
    return row


def _make(media: Path, folder: Path) -> World:
    PlainPage.objects.update(changed_at=NOW)
    editor, writer = make_editor(display_name="Tom Ashby"), UserFactory()
    author = make_author(writer)
    people = {"editor": editor, "writer": writer, "author": author}
    subject = make_subject(State.PUBLISHED, at=NOW)
    picture, kept_back = _picture("row.jpg", {"avif": [320], "jpg": [320]}), _picture("secret.jpg")
    for number in range(3):
        make_published(**people, title=f"Piece {number}", at=NOW - dt.timedelta(days=40, minutes=number))
    body = f'<p>See <img src="{picture.file.url}" alt="A row"> and <a href="/contact/">write</a> and libraries.</p>'
    changed = make_published(**people, title="Who closes a row?", body=body, at=NOW)
    drafting.save_text(
        post=changed, text=drafting.Text(standfirst="Better."), by=editor, at=NOW, based_on=changed.working_id
    )
    corrections.publish_correction(post=changed, note="A slip.", by=editor, at=NOW + dt.timedelta(hours=1))
    retracted = make_piece(State.RETRACTED, **people, title="A wrong figure", at=NOW)
    draft = make_piece(**people, title="Not yet out", body=f'<p><img src="{kept_back.file.url}" alt="x"></p>')
    make_comment(changed, UserFactory(display_name="Ruth Onslow"), text="So did we, in Thornmere.")
    Post.objects.filter(pk=changed.pk).update(comment_count=1)
    addresses.keep(kind="post", target=changed.pk, old="who-owns-a-row", new=changed.slug, at=NOW)
    addresses.keep(kind="series", target=subject.series.pk, old="old-series", new=subject.series.slug, at=NOW)
    kind = ArrivalKind.POST.value
    old_paths.keep(
        [(path, kind, changed.pk) for path in ("/?p=7", "/blog/rows.html", "/blog/rows", "/a.php", JOOMLA)], at=NOW
    )
    old_paths.keep([("/blog/wrong-figure", kind, retracted.pk)], at=NOW)
    old_paths.keep([("/wp-content/row.jpg", ArrivalKind.PICTURE.value, picture.pk)], at=NOW)
    old_paths.keep_literal([("/old/*", "/category/"), ("/home.htm", "/archive/")], at=NOW)
    report = export(target=folder, address=SITE, now=LATER)
    fresh = Post.objects.get(pk=changed.pk)
    return World(subject, fresh, retracted, draft, picture, kept_back, folder, media, report)


def few_a_page(patch: pytest.MonkeyPatch) -> None:
    """Let few pieces make two pages: each takes a dozen files."""
    patch.setattr(lists, "A_PAGE", 3)
    for function in (lists.last_page, lists.a_page_of):
        patch.setitem(function.__kwdefaults__, "size", 3)


@pytest.fixture(scope="module")
def kept_world(kept_rows, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    media = tmp_path_factory.mktemp("media")
    with pytest.MonkeyPatch.context() as quickly:
        few_a_page(quickly)
        quickly.setattr(cards, "draw", lambda card: repr(card).encode())  # To draw them takes longer than all else
        with override_settings(MEDIA_ROOT=media, SITE_URL=SITE):
            made = _make(media, tmp_path_factory.mktemp("site") / "out")
        yield made


@pytest.fixture
def world(kept_world: World, settings, monkeypatch: pytest.MonkeyPatch) -> World:
    few_a_page(monkeypatch)
    settings.MEDIA_ROOT, settings.SITE_URL = kept_world.media, SITE
    return kept_world


@pytest.fixture
def own(world: World, tmp_path: Path) -> World:
    """Give the same with a copy of the files, for a test that changes them."""
    subprocess.run(["cp", "-a", world.folder, list_of(world.folder), tmp_path], check=True)
    return replace(world, folder=tmp_path / "out")


def hashes(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return every file with its bytes and when it was written."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): (file.read_bytes(), file.stat().st_mtime_ns) for file in files}


def test_every_address_that_readers_have_is_a_file(world: World):
    feeds = re.compile(r"/feed/(atom/|json/)?$")
    lacking = []
    for name, surface in SURFACES.items():
        path = surface.path(world.subject).partition("?")[0]
        # Of what has one page only, there is no second
        if (
            name in NOT_IN_FILES
            or name.endswith(("_more", "card"))
            or re.search(r"/(page|earlier|comment-page-)/?\d", path)
        ):
            continue
        index = ("index.json" if path.endswith("json/") else "index.xml") if feeds.search(path) else "index.html"
        file = f"{path.lstrip('/')}{index if path.endswith('/') else ''}"
        if not (world.folder / file).is_file():
            lacking.append(name)
    assert lacking == []


def test_what_has_more_pages_than_one_is_whole(world: World):
    changed = world.changed.get_absolute_url().strip("/")
    wanted = ["page/2/index.html", f"{changed}/earlier/1/index.html", f"{changed}/feed/atom/index.xml"]
    assert [name for name in wanted if not (world.folder / name).is_file()] == []
    assert len(list((world.folder / "cards").glob("*.png"))) > 3


def test_every_link_leads_somewhere(world: World):
    assert world.report.check.broken == {}
    assert world.report.missing == []
    assert world.report.is_well
    assert world.report.check.links > 80


def test_nothing_differs_and_nothing_is_written_while_nothing_has_changed(own: World):
    (own.folder / "CNAME").write_text("blog.example")  # Of somebody else, and it stays
    before = hashes(own.folder)
    report = own.again(now=LATER + dt.timedelta(days=700))
    assert hashes(own.folder) == before
    assert (report.counts["new"], report.counts["changed"], report.counts["taken away"]) == (0, 0, 0)


def test_a_change_writes_what_shows_it_and_takes_away_what_is_gone(own: World):
    gone = own.folder / own.changed.get_absolute_url().strip("/")
    publishing.retract(post=own.changed, reason="Wrong.", by=make_editor(), at=LATER, note="The figures were wrong.")
    report = own.again(now=LATER)
    assert "The figures were wrong." in (gone / "index.html").read_text()
    assert not (gone / "feed").exists()
    assert "Who closes a row?" not in own.text("page/2/index.html")
    assert report.counts["taken away"] > 3
    assert report.is_well


def test_a_page_of_the_archive_has_no_form_that_sends_and_no_way_to_one(world: World):
    for name, page in world.pages().items():
        assert 'method="post"' not in page, name
        for path in ("/contact/", "/subscribe/", "/contribute/", "/accounts/", "/pitch/"):
            # In people's own texts they may be, and lead to a page that says that it is over
            if name.partition("/")[0] in {"about", "accessibility", "house-rules", "privacy"}:
                continue
            links = re.findall(r'(?:href|action)="([^"]*)"', page.replace('<a href="/contact/">write</a>', ""))
            assert [link for link in links if link.startswith((path, SITE + path))] == [], name
    article = world.text(f"{world.changed.get_absolute_url().strip('/')}/index.html")
    assert "So did we, in Thornmere." in article
    assert "Comments close" not in article
    assert 'http-equiv="Content-Security-Policy"' in article
    assert "as it stood on 11 March 2026" in article
    assert "Nothing can be sent in any more" in world.text("contact/index.html")
    assert "Sign in" not in article
    assert "/contribute/" not in world.text("sitemap-lists.xml")


def test_what_readers_do_not_see_is_not_there(world: World):
    files = hashes(world.folder)
    assert not [name for name in files if "secret" in name]
    assert not [name for name, (content, _at) in files.items() if b"Not yet out" in content]
    assert not [name for name, (content, _at) in files.items() if b"@council.example" in content]
    media = {name for name in files if name.startswith("media/")}
    assert len(media) == 3, "the picture and its renditions"


def test_feeds_stand_where_servers_look_for_a_page_too(world: World):
    feed = ET.fromstring(world.text("feed/index.xml"))
    assert len(feed.findall("channel/item")) == 5
    assert 'content="0; url=/feed/index.xml"' in world.text("feed/index.html")
    assert json.loads(world.text("comments/feed/json/index.json"))["items"][0]["title"].startswith("Ruth Onslow")


def test_old_addresses_lead_on(world: World):
    to = world.changed.get_absolute_url()
    day = to.rstrip("/").rpartition("/")[0]
    for name in (f"{day.strip('/')}/who-owns-a-row/index.html", "blog/rows.html", "blog/rows/index.html"):
        page = world.text(name)
        assert f'url={to}"' in page
        assert f'<link rel="canonical" href="{SITE}{to}">' in page
    told = json.loads(world.text("old-addresses.json"))
    assert told["to"]["/?p=7"] == to
    assert told["to"]["/wp-content/row.jpg"] == world.picture.file.url
    assert told["below"]["/old/"] == "/category/"
    assert "/blog/rows.html" in world.text(".htaccess").replace("\\", "/").replace("/.", ".").replace("^", "/")
    assert f"{day}/who-owns-a-row/ {to} 301" in world.text("_redirects")
    rules = world.text(".htaccess").splitlines()
    joomla = next(number for number, rule in enumerate(rules) if rule.startswith('RewriteRule "^index\\.php'))
    assert [rule.partition("(?:^|&)")[2].partition("(")[0] for rule in rules[joomla - 3 : joomla]] == [
        "id=12", "option=com_content", "view=article",
    ], "in whatever order they are asked"  # fmt: skip
    feed = next(number for number, rule in enumerate(rules) if rule.startswith("RewriteRule ^((?:.+/)?feed/)$"))
    assert joomla < feed, "an old address may end like a feed"
    assert rules[feed - 1].endswith("/index.xml -f")
    away = world.retracted.get_absolute_url().strip("/")
    assert "taken down" in world.text(f"{away}/index.html")
    lists = [
        world.text(name) for name in ("nginx.conf", ".htaccess", "_redirects", "old-addresses.json", "sitemap.xml")
    ]
    assert not [text for text in lists if "wrong-figure" in text], "its address may say what nobody should read"
    assert "RedirectMatch 410" in world.text(f"{world.retracted.get_absolute_url().strip('/')}/.htaccess")


NGINX = "daemon off; pid {f}/pid; error_log {f}/e.log; events {{}}\nhttp {{ include /etc/nginx/mime.types; access_log off;\n{t}{c} }}"
HOSTILE = [
    "/../etc/passwd", "/.htaccess", "/a/.git/config", '/x" ; return 200 "y', "/line\nRewriteEngine Off", "/ä ö", "/$1%2",
    "/" + "x" * 300, "/index.html", "/feed/index.xml/below", "/con\x00trol", "/robots.txt", "/a*b:c#d",
]  # fmt: skip


def test_hostile_old_paths_write_nothing_outside_and_no_rules_of_their_own(tmp_path: Path):
    moves = Moves()
    for path in HOSTILE:
        moves.add(path, "/archive/")
        moves.add_below(f"{path}/", "/archive/")
    for away in ("//elsewhere.example/", "/\\elsewhere.example/", "https://elsewhere.example/", "/a\nb"):
        moves.add("/away", away)
        moves.add_below("/away/", away)
    assert [path for path in (*moves.to, *moves.below) if "away" in path] == []
    moves.add("/Same", "/archive/$9")
    moves.add("/same", "/archive/")
    assert [page_of(path) for path in HOSTILE[:5]] == ["", "", "", 'x" ; return 200 "y/index.html', ""]
    made = {name: content.decode() for name, content in hosting_files(moves=moves, site=SITE, gone=[])}
    assert "\nRewriteEngine Off" not in made[".htaccess"]
    assert 'return 200 "y' not in made["nginx.conf"].replace('\\"', "")
    assert made["nginx.conf"].count('"/same"') == 1, "nginx refuses two that are alike"
    assert "$9" not in made["nginx.conf"]
    for line in made["_redirects"].splitlines():
        assert line.startswith("#") or re.fullmatch(r"/\S* /\S* (301|200!?)", line), line
    folder = Folder(tmp_path / "out")
    with folder.opened(), pytest.raises(ExportError):
        folder.write("../outside", b"")
    if program():
        (tmp_path / "conf").write_text(NGINX.format(f=tmp_path, t="", c=made["nginx.conf"]))
        command = [
            program() or "",
            "-t",
            "-p",
            str(tmp_path),
            "-c",
            str(tmp_path / "conf"),
            "-e",
            str(tmp_path / "e.log"),
        ]
        told = subprocess.run(command, capture_output=True, text=True, check=False)
        assert "syntax is ok" in told.stderr, told.stderr


def test_a_folder_with_anything_else_in_it_is_refused(world: World, tmp_path: Path):
    (tmp_path / "photo.jpg").write_bytes(b"mine")
    with pytest.raises(ExportError, match="no export wrote"):
        world.again(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["photo.jpg"]


def test_a_trial_counts_and_writes_nothing(world: World, tmp_path: Path, capsys):
    call_command("export_site", str(tmp_path / "new"), "--dry-run")
    assert re.search(r"Without --dry-run \d+ pages and feeds would be in", capsys.readouterr().out)
    assert not list(tmp_path.iterdir())
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CommandError, match="no export wrote"):
        call_command("export_site", str(tmp_path), "--dry-run")


def test_files_of_others_where_ours_would_be_stay(own: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(exporting, "addresses", lambda **_given: ["/press/"])
    (own.folder / "press").mkdir()
    (own.folder / "press" / "index.html").write_text("mine")
    PlainPage.objects.create(title="Press", slug="press", body="<p>x</p>", position=9, changed_at=NOW)
    with pytest.raises(ExportError, match="somebody else"):
        own.again()
    assert own.text("press/index.html") == "mine"


def test_an_interrupted_export_goes_on(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    target = tmp_path / "out"
    with monkeypatch.context() as broken:
        broken.setattr(searching, "index", lambda **_given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            world.again(target)
    with pytest.raises(ExportError, match="no list of a finished export"):
        check_only(target)
    (target / "index.html").write_text("half")
    assert world.again(target, now=LATER + dt.timedelta(days=9)).is_well
    assert {name: content for name, (content, _at) in hashes(target).items()} == {
        name: content for name, (content, _at) in hashes(world.folder).items()
    }


def test_two_at_once_in_one_folder_are_kept_apart(own: World):
    folder = Folder(own.folder)
    with folder.opened(), pytest.raises(ExportError, match="Another export"):
        own.again()


def test_a_finished_export_can_be_gone_through(own: World):
    assert check_only(own.folder).is_well
    (own.folder / "about" / "index.html").write_text('<a href="/nowhere/">x</a>')
    (own.folder / "archive" / "index.html").unlink()
    found = check_only(own.folder)
    assert found.damaged == ["about/index.html", "archive/index.html"]


def test_a_link_that_leads_nowhere_is_named_and_ends_the_command_with_an_error(
    own: World, capsys, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(exporting, "addresses", lambda **_given: ["/", "/about/"])
    page = PlainPage.objects.get(slug="about")
    page.body = (
        f'<p><a href="/gone-for-good/">x</a> <a href="{SITE}/also/">y</a> <a href="https://other.example/">z</a></p>'
    )
    page.save()
    with pytest.raises(CommandError, match="Not everything is well"):
        call_command("export_site", str(own.folder), "--processes", "1", "--address", SITE)
    told = own.folder.with_name("out.report.txt").read_text()
    assert "LEADS NOWHERE: /gone-for-good/ (on /about/)" in told
    assert "LEADS NOWHERE: /also/ (on /about/)" in told
    assert "other.example" not in told


def test_the_site_can_go_to_another_address(world: World, tmp_path: Path):
    report = world.again(tmp_path / "out", address="https://archive.example")
    assert report.is_well
    files = hashes(tmp_path / "out")
    assert not [
        name for name, (content, _at) in files.items() if b"blog.example" in re.sub(rb"tag:[^<\"]+", b"", content)
    ]
    assert b"tag:blog.example" in files["feed/atom/index.xml"][0], "what names a piece for ever stays"
    with pytest.raises(CommandError, match="without a path"):
        call_command("export_site", str(tmp_path / "x"), "--address", "https://blog.example/sub/")


def test_other_hosts_whose_names_begin_alike_keep_theirs(settings):
    settings.SITE_URL = "https://blog.example"
    change = readdressed("https://new.example")
    text = b"https://blog.example/a https://blog.example.org/ https://blog.example:8/ https%3A%2F%2Fblog.example%2Fa"
    assert change(text) == (
        b"https://new.example/a https://blog.example.org/ https://blog.example:8/ https%3A%2F%2Fnew.example%2Fa"
    )


def test_search_knows_each_word_in_any_form(world: World):
    assert "<noscript>" in world.text("search/index.html")
    words, stems = json.loads(world.text("search/words-0.json")), json.loads(world.text("search/stems-0.json"))
    pieces = json.loads(world.text("search/pieces-0.json"))
    assert words["libraries"] == "librari"
    assert [pieces[number // 2][1] for number in stems["librari"]] == ["Who closes a row?"]
    assert list(words) == sorted(words)
    assert pieces[0][1] == "Piece 2", "the oldest first"
    in_title = next(number for number, piece in enumerate(pieces) if piece[1] == "Who closes a row?") * 2 + 1
    total = 0
    assert in_title in [total := total + step for step in stems[words["closes"]]]


def test_a_long_index_is_cut_into_files(monkeypatch: pytest.MonkeyPatch, world: World):
    monkeypatch.setattr(searching, "FILE_CHARACTERS", 100)
    files = dict(searching.index(moment=LATER, under=""))
    begins = json.loads(files["index.json"])
    assert len(begins["words"]) > 3
    for number, first in enumerate(begins["words"]):
        assert next(iter(json.loads(files[f"words-{number}.json"]))) == first


def test_links_are_found_in_tags_alone_and_followed_like_a_browser():
    page = (
        '<p>href="/no/"</p><a class="x" href="/yes/?a=1&amp;b#c">x</a><img srcset="/a.jpg 1w, /b.jpg 2w" src="c.jpg">'
    )
    assert list(links_in(page)) == ["/yes/?a=1&b#c", "/a.jpg", "/b.jpg", "c.jpg"]
    here = partial(local, page="/about/", site=SITE)
    assert [here(link) for link in ("/yes/?a#c", "c.jpg", "../x/", "?q=1", f"{SITE}/y", SITE)] == [
        "/yes/", "/about/c.jpg", "/x/", "/about/", "/y", "/",
    ]  # fmt: skip
    assert [here(link) for link in ("#top", "mailto:a@b.example", "https://other.example/", "//cdn.example/x")] == [
        ""
    ] * 4


def test_several_processes_make_the_same(monkeypatch: pytest.MonkeyPatch, world: World):
    # They have connections of their own, which see nothing of this test's transaction: so it has to be one here
    paths = ["/", "/2026/", "/nowhere-at-all/"]
    one = list(making_many.make_many(paths, moment=LATER, processes=1))
    assert [path for path, made in one if made == ""] == ["/nowhere-at-all/"]
    assert list(making_many.make_many(paths, moment=LATER, processes=4)) == one, "so few are not worth it"


def test_the_zip_is_the_same_for_the_same_files(world: World, tmp_path: Path):
    for name in ("one.zip", "two.zip"):
        zipping.pack(world.folder, tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


@pytest.fixture
def nginx(world: World, tmp_path: Path) -> Iterator[http.client.HTTPConnection]:
    if program() is None:
        pytest.skip("Install the package nginx to run the tests of its configuration.")
    port = free_port()
    text = world.text("nginx.conf").replace("listen 80;", f"listen 127.0.0.1:{port};")
    text = re.sub(r" *listen \[::\]:80;\n", "", text).replace("/srv/www/blog.example", str(world.folder))
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {tmp_path}/{kind};\n" for kind in kinds)
    user = "user root;\n" if os.geteuid() == 0 else ""
    (tmp_path / "conf").write_text(f"{user}{NGINX.format(f=tmp_path, t=temporary, c=text)}")
    command = [program() or "", "-p", str(tmp_path), "-c", str(tmp_path / "conf"), "-e", str(tmp_path / "e.log")]
    started = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        wait_for(port, started)
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
            yield connection
    finally:
        started.terminate()
        started.communicate(timeout=10)


def test_nginx_hosts_it_with_its_file(nginx: http.client.HTTPConnection, world: World):
    def asked(path: str) -> tuple[int, str, str, str]:
        nginx.request("GET", path, headers={"Host": "blog.example"})
        answer = nginx.getresponse()
        body = answer.read().decode(errors="replace")
        to = answer.headers.get("Location", "").replace("http://blog.example", "")
        return answer.status, re.sub(r"^:\d+", "", to), answer.headers.get("Content-Type", ""), body

    to = world.changed.get_absolute_url()
    assert asked("/")[::2] == (200, "text/html; charset=utf-8")
    for below, kind in (("", "rss+xml"), ("atom/", "atom+xml"), ("json/", "feed+json")):
        assert asked(f"/feed/{below}")[::2] == (200, f"application/{kind}; charset=utf-8")
    assert asked("/?p=7&utm=x")[:2] == (301, to)
    assert asked("/index.php?view=article&Itemid=3&id=12:who-closes&option=com_content")[:2] == (301, to)
    assert asked("/index.php?view=article&id=13&option=com_content")[0] == 404
    assert asked("/blog/rows.html")[:2] == (301, to)
    assert asked("/Blog/Rows/")[:2] == (301, to)
    assert asked("/wp-content/row.jpg")[:2] == (301, world.picture.file.url)
    assert asked("/old/people/")[:2] == (301, "/category/people/")
    assert asked("/series/old-series/feed/")[:2] == (301, f"{world.subject.series.get_absolute_url()}feed/")
    gone = asked(world.retracted.get_absolute_url())
    assert gone[0] == 410
    assert "taken down" in gone[3] or "retracted" in gone[3]
    nowhere = asked("/nowhere/")
    assert nowhere[0] == 404
    assert "Nothing is here" in nowhere[3]
    assert asked(f"{world.retracted.get_absolute_url()}.gone")[0] == 404
