"""Joomla arrives: from a database dump, the JSON of its web services, and J2XML."""

import datetime as dt
import gzip
import json

import pytest

from blog.archive.records import (
    Credit,
    File,
    Loss,
    MenuEntry,
    Moved,
    Page,
    Person,
    Piece,
    PieceState,
    RemarkState,
    Topic,
    TopicKind,
    Weight,
)  # fmt: skip
from blog.archive.sources import joomla
from blog.archive.sources.base import SourceError
from blog.archive.sources.export_file import ExportFile
from blog.archive.sources.findings import Findings
from blog.archive.sources.joomla import sql
from blog.archive.sources.joomla.braces import without_plugins
from blog.archive.sources.joomla.remarks import from_brackets
from blog.archive.sources.joomla.sql import CutShortError, Dump

CONTENT = "`id`, `title`, `alias`, `introtext`, `fulltext`, `state`, `catid`, `created`, `created_by`, `created_by_alias`, `publish_up`, `publish_down`, `images`, `urls`, `metadesc`, `access`"
DUMP = rf"""-- MySQL dump 10.13  It's a dump; with a quote
/*!40101 SET NAMES utf8mb4 */;
DROP TABLE IF EXISTS `jos_categories`;
CREATE TABLE `jos_categories` (
  `id` int(11) NOT NULL AUTO_INCREMENT COMMENT 'it''s, (an) id;',
  `parent_id` int(10) unsigned NOT NULL DEFAULT '0',
  `path` varchar(400) NOT NULL DEFAULT '',
  `extension` varchar(50) NOT NULL DEFAULT '',
  `title` varchar(255) NOT NULL,
  `alias` varchar(400) NOT NULL DEFAULT '',
  `published` tinyint(1) NOT NULL DEFAULT '0',
  `price` decimal(10,2),
  PRIMARY KEY (`id`), KEY `cat_idx` (`extension`,`published`)
) ENGINE=InnoDB;
INSERT INTO `jos_categories` VALUES (1,0,'','system','ROOT','root',1,NULL),(8,1,'towns','com_content','Towns','towns',1,0.50),
 (9,8,'towns/small','com_content','Small ones','small',0,NULL),(2,1,'uncategorised','com_content','Uncategorised','uncategorised',1,NULL),
 (3,1,'banners','com_banners','Banners','banners',1,NULL);
INSERT INTO `jos_session` VALUES ('a;b','it\'s (1,2)');
INSERT INTO jos_users (`id`,`name`,`username`,`email`,`password`) VALUES (42,'Ann Example','ann','ann@private.example','$2y$digest'),(43,'Idle','idle','x@private.example','y');
INSERT INTO `jos_content` ({CONTENT}) VALUES
(5,'It''s \"one\"','its-one','<p>Intro\r\nline</p>','<hr id="system-readmore" /><p>More \\ {{loadposition left}}</p>',1,9,'2013-12-09 08:00:00',42,'','2013-12-10 08:00:00','0000-00-00 00:00:00','{{\"image_intro\":\"images\\/a.jpg#joomlaImage:\\/\\/local-images\\/a.jpg?width=1\",\"image_intro_alt\":\"A\",\"image_fulltext\":\"images/b.jpg\",\"image_fulltext_caption\":\"Cap\"}}','{{\"urla\":\"https://x.example/\",\"urlatext\":\"X\",\"urlb\":false}}','In short',1),
(6,'Two','two','<p>2</p>','',2,8,'2014-01-01 00:00:00',42,'A. Guest','2014-01-01 00:00:00',NULL,'','',NULL,1),
(7,'Ended','ended',_utf8mb4'<p>3</p>','',1,8,'2014-01-01 00:00:00',42,'',NULL,'2015-01-01 00:00:00','{{','','',1),
(8,'Draft','draft',0x3C703E343C2F703E,'',0,8,'2014-01-01 00:00:00',99,'','2014-01-01 00:00:00',NULL,'','','',1),
(9,'Trash','trash','','',-2,8,'2014-01-01 00:00:00',42,'',NULL,NULL,'','','',1),
(10,'Members','members','<p>5</p>','',1,8,'2014-01-01 00:00:00',42,'',NULL,NULL,'','','',2),
(11,'About us','about','<p>We</p>','',1,2,'2014-01-01 00:00:00',42,'',NULL,NULL,'','','',1),
(12,'Later','later','<p>6</p>','',1,77,'2014-01-01 00:00:00',42,'','2999-01-01 00:00:00',NULL,'','','',1);
INSERT INTO `jos_tags` (`id`,`parent_id`,`path`,`title`,`alias`) VALUES (1,0,'','ROOT','root'),(4,1,'bus','Bus','bus');
INSERT INTO `jos_contentitem_tag_map` (`type_alias`,`content_item_id`,`tag_id`) VALUES ('com_content.article',5,4),('com_content.category',5,1),('com_content.article',5,400);
INSERT INTO `jos_menu` (`id`,`menutype`,`title`,`alias`,`path`,`link`,`published`,`client_id`,`lft`,`home`) VALUES
(101,'mainmenu','Home','home','home','index.php?option=com_content&view=featured',1,0,1,1),
(102,'mainmenu','About','about-us','about-us','index.php?option=com_content&view=article&id=11',1,0,3,0),
(103,'mainmenu','Blog','blog','blog','index.php?option=com_content&view=category&layout=blog&id=8',1,0,5,0),
(104,'mainmenu','Shop','shop','shop','index.php?option=com_shop',1,0,7,0);
INSERT INTO `jos_redirect_links` (`id`,`old_url`,`new_url`,`published`) VALUES (1,'https://old.example/x','/y',1),(2,'/z','/y',0);
INSERT INTO `jos_jcomments` (`id`,`parent`,`object_id`,`object_group`,`name`,`email`,`homepage`,`title`,`comment`,`date`,`published`,`deleted`) VALUES
(1,0,5,'com_content','Cal','cal@x.example','https://cal.example/','','First [b]bold[/b]<br />line','2014-02-01 10:00:00',1,0),
(2,1,5,'com_content','Dee','','','','[quote name=\"Cal\"]First[/quote]Second','2014-02-01 11:00:00',0,0),
(3,0,5,'com_content','Eve','','','','gone','2014-02-01 11:00:00',1,1),(4,0,5,'com_other','Eve','','','','other','2014-02-01 11:00:00',1,0);
"""


def written(tmp_path, content, name="dump.sql"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogateescape"))
    return path


def read(path, **particulars):
    return list(joomla.open_export(path, **particulars).records())


def of(kind, records):
    return [record for record in records if isinstance(record, kind)]


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    path = written(tmp_path_factory.mktemp("joomla"), DUMP)
    assert joomla.recognises(path, path.read_bytes()[:65536])
    return read(path, address="https://old.example")


def piece(records, title):
    return next(record for record in of(Piece, records) if record.title == title)


def test_an_article_arrives_whole(records):
    one = piece(records, 'It\'s "one"')
    assert one.body == ('<p>Intro\r\nline</p><p>More \\ </p><ul><li><a href="https://x.example/">X</a></li></ul>')
    assert one.state == PieceState.PUBLISHED
    assert one.published_at == dt.datetime(2013, 12, 10, 8, tzinfo=dt.UTC)
    assert one.begun_at == dt.datetime(2013, 12, 9, 8, tzinfo=dt.UTC)
    assert one.credits == (Credit("user-42"),)
    assert one.category == "9"
    assert one.tags == ("4",)
    assert one.standfirst == "In short"
    assert one.lead == "https://old.example/images/b.jpg"
    assert of(File, records) == [
        File("https://old.example/images/b.jpg", caption="Cap"), File("https://old.example/images/a.jpg", alt="A"),
    ]  # fmt: skip
    said = {loss.what: loss for loss in of(Loss, records) if loss.which == 'It\'s "one"'}
    assert said["module"].weight == Weight.LOST
    assert "images/a.jpg" in said["picture"].why


def test_it_is_found_under_each_address_that_it_could_have(records):
    one = piece(records, 'It\'s "one"')
    for path in (
        "/towns/small/5-its-one", "/towns/small/its-one", "/blog/5-its-one", "/blog/its-one", "/blog/5-its-one.html",
        "/index.php/blog/5-its-one", "/component/content/article/5-its-one", "/9-small/5-its-one",
        "/index.php?option=com_content&view=article&id=5", "/index.php?option=com_content&view=article&id=5:its-one",
    ):  # fmt: skip
        assert f"https://old.example{path}" in one.addresses
    [topic] = [row for row in of(Topic, records) if row.name == "Towns"]
    assert "https://old.example/blog" in topic.addresses
    assert "https://old.example/towns" in topic.addresses


@pytest.mark.parametrize(
    ("title", "state"),
    [
        ("Two", PieceState.PUBLISHED),  # Archived
        ("Ended", PieceState.DRAFT),
        ("Draft", PieceState.DRAFT),
        ("Members", PieceState.DRAFT),
        ("Later", PieceState.PUBLISHED),
    ],
)
def test_states_are_what_readers_saw(records, title, state):
    assert piece(records, title).state == state
    is_told = title in {loss.which for loss in of(Loss, records)}
    assert is_told == (title in {"Ended", "Members", "Later"})


def test_the_name_written_by_stands_instead_of_the_accounts(records):
    two = piece(records, "Two")
    assert two.credits == (Credit("as-A. Guest"),)
    assert [person.name for person in of(Person, records)] == ["Ann Example", "A. Guest"]
    assert "private.example" not in repr(records)
    assert "digest" not in repr(records)
    assert piece(records, "Draft").credits == ()
    assert piece(records, "Draft").body == "<p>4</p>"


def test_categories_tags_menus_and_the_rest(records):
    topics = [(row.kind, row.name, row.parent) for row in of(Topic, records)]
    assert topics == [
        (TopicKind.CATEGORY, "Towns", ""), (TopicKind.CATEGORY, "Small ones", "8"), (TopicKind.TAG, "Bus", ""),
    ]  # fmt: skip
    [page] = of(Page, records)
    assert (page.title, page.is_published, page.position) == ("About us", True, 3)
    assert "https://old.example/about-us" in page.addresses
    assert of(MenuEntry, records) == [MenuEntry("11", 3)]
    assert Moved("https://old.example/x", "/y") in records
    said = {(loss.what, loss.which) for loss in of(Loss, records)}
    assert {("article", "Trash"), ("menu entry", "Shop"), ("category", "Small ones"), ("category", "Later")} <= said


def test_comments_come_with_states_answers_and_quotations(records):
    first, second = piece(records, 'It\'s "one"').remarks
    assert (first.key, first.name, first.text, first.address) == (
        "jcomments-1",
        "Cal",
        "First bold\nline",
        "cal@x.example",
    )
    assert (second.parent, second.state) == ("jcomments-1", RemarkState.HELD)
    assert second.text == "> Cal:\n> First\n\nSecond"


def test_k2_arrives(tmp_path):
    path = written(
        tmp_path,
        "-- phpMyAdmin SQL Dump\n"
        "INSERT INTO `x_k2_categories` (`id`,`name`,`alias`,`parent`,`published`) VALUES (1,'A','a',2,1),(2,'B','b',1,1);\n"
        "INSERT INTO `x_k2_items` (`id`,`title`,`alias`,`catid`,`published`,`introtext`,`fulltext`,`created`,`created_by`,`created_by_alias`,`trash`,`video`) "
        "VALUES (3,'Item','item',1,1,'<p>x</p>','','2012-01-01 00:00:00',0,'W. Riter',0,'{youtube}abcdefghijk{/youtube}'),(4,'T','t',1,1,'','','',0,'',1,'');\n"
        "INSERT INTO `x_k2_tags` (`id`,`name`) VALUES (7,'tag');\nINSERT INTO `x_k2_tags_xref` (`id`,`tagID`,`itemID`) VALUES (1,7,3);\n"
        "INSERT INTO `x_k2_comments` (`id`,`itemID`,`userName`,`commentDate`,`commentText`,`commentEmail`,`commentURL`,`published`) VALUES (1,3,'Cal','2012-01-02 00:00:00','Hi','c@x.example','',1);\n",
    )
    records = read(path)
    [item] = of(Piece, records)
    assert (
        item.body
        == '<p>x</p><p><a href="https://www.youtube.com/watch?v=abcdefghijk">https://www.youtube.com/watch?v=abcdefghijk</a></p>'
    )
    assert (item.category, item.tags, item.credits[0].person) == ("k2-1", ("k2-7",), "as-W. Riter")
    assert [remark.text for remark in item.remarks] == ["Hi"]
    assert "/item/3-item" in item.addresses
    assert len([row for row in of(Topic, records) if row.kind == TopicKind.CATEGORY]) == 2


def api(*resources):
    return json.dumps({"links": {"self": "x"}, "data": list(resources), "meta": {"total-pages": 1}})


ARTICLE = {
    "type": "articles", "id": "5",
    "attributes": {
        "id": 5, "title": "One", "alias": "one", "state": 1, "access": 1, "created": "2020-01-01 10:00:00", "created_by_alias": "",
        "text": '<p>T <joomla-hidden-mail is-link="1" first="YW5u" last="eC5leGFtcGxl" text="x"></joomla-hidden-mail></p>',
        "tags": {"4": "Bus"}, "images": {"image_intro": "images/a.jpg", "image_intro_alt": "A"},
    },
    "relationships": {"category": {"data": {"type": "categories", "id": "8"}}, "created_by": {"data": {"type": "users", "id": "3"}}},
}  # fmt: skip


def test_the_web_services_json_arrives_over_several_files(tmp_path):
    written(tmp_path, api(ARTICLE), "articles.json")
    written(
        tmp_path,
        api({"type": "categories", "id": "8", "attributes": {"title": "Towns", "alias": "towns"}}),
        "categories.json",
    )
    written(
        tmp_path,
        api({"type": "users", "id": "3", "attributes": {"name": "Ann", "email": "a@private.example"}}),
        "users.json",
    )
    records = read(tmp_path, members=("articles.json", "categories.json", "users.json"))
    [one] = of(Piece, records)
    assert one.body == '<p>T <a href="mailto:ann@x.example">ann@x.example</a></p>'
    assert (one.category, one.tags, one.credits) == ("8", ("4",), (Credit("user-3"),))
    assert [row.name for row in of(Topic, records)] == ["Towns", "Bus"]
    assert "private" not in repr(records)
    alone = written(tmp_path, json.dumps({"data": ARTICLE}), "alone.json")
    assert [record.title for record in of(Piece, read(alone))] == ["One"]


J2XML = """<?xml version="1.0" encoding="UTF-8" ?>
<!DOCTYPE j2xml [<!ENTITY leak SYSTEM "file:///etc/passwd">]>
<j2xml version="19.2.0">
<user><id>42</id><username><![CDATA[ann]]></username><name><![CDATA[Ann Example]]></name><email>a@private.example</email></user>
<category><id>8</id><title><![CDATA[Towns]]></title><alias>towns</alias><path>towns</path><extension>com_content</extension><published>1</published></category>
<tag><id>4</id><title>Bus</title><alias>bus</alias><path>bus</path></tag>
<content><id>5</id><title><![CDATA[Caf&eacute; &amp; one]]></title><alias>one</alias><introtext><![CDATA[&lt;p&gt;x&lt;/p&gt;&leak;]]></introtext>
<fulltext /><state>1</state><catid><![CDATA[towns]]></catid><created_by><![CDATA[ann]]></created_by><created>2020-01-01 10:00:00</created>
<taglist><tag>bus</tag><tag>none</tag></taglist><canonical><![CDATA[https://old.example/towns/one]]></canonical><access>1</access></content>
<img src="images/a.jpg">AAAA</img>
</j2xml>"""


def test_j2xml_arrives_and_reads_no_other_file(tmp_path):
    path = written(tmp_path, J2XML, "export.xml")
    assert joomla.recognises(path, J2XML.encode())
    records = read(path)
    [one] = of(Piece, records)
    assert (one.title, one.body) == ("Café & one", "<p>x</p>&leak;")
    assert (one.category, one.tags, one.credits) == ("towns", ("bus",), (Credit("user-ann"),))
    assert one.addresses[0] == "https://old.example/towns/one"
    assert [loss.what for loss in of(Loss, records)] == ["pictures"]
    assert "root:" not in repr(records)


def rows_of(tmp_path, content, name="d.sql"):
    path = written(tmp_path, content, name)
    with ExportFile(path).open() as opened:
        return list(Dump(opened, name=name, wanted=lambda table: table != "skip").rows())


@pytest.mark.parametrize("chunk", [1, 7, 64, 1_000_000])
def test_a_dump_is_cut_the_same_wherever_a_chunk_ends(tmp_path, monkeypatch, chunk):
    monkeypatch.setattr(sql, "CHUNK", chunk)
    content = (
        "INSERT INTO t (a,b) VALUES (1,'x''y\\'z'),(-2.5,NULL),('a;b',\"q\"\"r\\n\"); -- it's\n"
        "REPLACE IGNORE INTO `d`.`t` (`a`) VALUES (X'C3A9'),(CONVERT(0x41 USING utf8)) ON DUPLICATE KEY UPDATE a='z';\n"
        "INSERT INTO skip VALUES ('it\\'s; (1'), (2); # o'clock\n/* ' */ CREATE TRIGGER x BEFORE INSERT ON t SET @a='1';\n"
        "INSERT INTO t (a) VALUES ('é😀');"
    )
    assert rows_of(tmp_path, content) == [
        ("t", {"a": "1", "b": "x'y'z"}), ("t", {"a": "-2.5", "b": None}), ("t", {"a": "a;b", "b": 'q"r\n'}),
        ("t", {"a": "é"}), ("t", {"a": "A"}), ("t", {"a": "é😀"}),
    ]  # fmt: skip


def test_what_postgresql_writes_is_read(tmp_path):
    content = (
        "-- PostgreSQL database dump\nSET standard_conforming_strings = on;\n"
        "INSERT INTO public.t (a, \"b\") VALUES ('C:\\', 'it''s');\n"
        "COPY public.t (a, b) FROM stdin;\nx\\ty\t\\N\nit's\tlast\n\\.\n\nINSERT INTO t (a) VALUES ('z');\n"
    )
    assert rows_of(tmp_path, content) == [
        ("t", {"a": "C:\\", "b": "it's"}), ("t", {"a": "x\ty", "b": None}), ("t", {"a": "it's", "b": "last"}),
        ("t", {"a": "z"}),
    ]  # fmt: skip


@pytest.mark.parametrize("tail", ["(2,'never closed", "(2,'closed'", "(2,'x", "(2,0x4", "(", "(2,'\\"])
def test_a_dump_that_was_cut_off_gives_what_is_whole(tmp_path, tail):
    path = written(tmp_path, f"INSERT INTO t (a,b) VALUES (1,'x'),{tail}")
    found = []
    with ExportFile(path).open() as opened:
        rows = Dump(opened, name="d", wanted=lambda table: True).rows()
        with pytest.raises(CutShortError):
            found.extend(iter(lambda: next(rows), None))
    assert found == [("t", {"a": "1", "b": "x"})]


def test_a_quotation_mark_that_is_never_closed_takes_no_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(sql, "CHUNK", 10_000)
    monkeypatch.setattr(sql, "MOST_VALUE", 100_000)
    for statement in ("INSERT INTO t (a) VALUES ('", "INSERT INTO skip VALUES ('"):
        with pytest.raises(SourceError, match="never closed"):
            rows_of(tmp_path, statement + "x" * 2_000_000)


@pytest.mark.parametrize(
    "content",
    [
        "INSERT INTO t VALUES (1);", "CREATE TABLE t", "CREATE TABLE t (((((", "INSERT", "INSERT INTO", ";;;;", ")(", "'", "\\",
        "INSERT INTO t (a) SELECT * FROM x;", "CREATE TABLE t (a int, a int);\nINSERT INTO t VALUES (1,2,3,4);", "DELIMITER ;;\n;;", "",
        "COPY t (a) FROM stdin;", "COPY t (a", "\x00\x00'\x00", "/* never closed",
    ],
)  # fmt: skip
def test_what_is_no_dump_is_never_a_traceback(tmp_path, content):
    try:
        assert len(rows_of(tmp_path, content)) <= 1
    except CutShortError:
        assert content


def test_a_gzip_is_read_and_a_dump_of_something_else_is_refused(tmp_path):
    path = written(tmp_path, gzip.compress(DUMP.encode()), "dump.sql.gz")
    assert len(of(Piece, read(path))) == 6
    other = written(tmp_path, "-- MySQL dump\nCREATE TABLE `wp_posts` (`ID` int);\nINSERT INTO `wp_posts` VALUES (1);")
    assert not joomla.recognises(other, other.read_bytes())
    with pytest.raises(SourceError, match="no articles of Joomla"):
        read(other)


def test_a_dump_of_two_sites_gives_the_larger_and_names_the_other(tmp_path):
    insert = "INSERT INTO `{}_content` (`id`,`title`,`state`,`created`) VALUES {};\n"
    content = insert.format("old", "(1,'Old',1,'2010-01-01')") + insert.format(
        "new", "(1,'A',1,'2020-01-01'),(2,'B',1,'2020-01-01')"
    )
    records = read(written(tmp_path, content))
    assert [row.title for row in of(Piece, records)] == ["A", "B"]
    assert [loss.which for loss in of(Loss, records) if loss.what == "site"] == ["old_"]


@pytest.mark.parametrize(
    ("raw", "made"),
    [
        ("{youtube}abcdefghijk|400|300{/youtube}", '<p><a href="https://www.youtube.com/watch?v=abcdefghijk">https://www.youtube.com/watch?v=abcdefghijk</a></p>'),
        ("a{emailcloak=off}b{jcomments off}c", "abc"),
        ("<pre>{loadposition x}</pre>{loadposition y}", "<pre>{loadposition x}</pre>"),
        ("{gallery}trip{/gallery}", ""),
        ("{tab One}<p>1</p>{tab Two}<p>2</p>{/tabs}", "<h3>One</h3><p>1</p><h3>Two</h3><p>2</p>"),
        ("{mp3}talk.mp3{/mp3}", '<p><a href="/talk.mp3">talk.mp3</a></p>'),
        ("set {a, b} and {unknown thing}", "set {a, b} and {unknown thing}"),
        ('<hr title="Part &amp; two" class="system-pagebreak" /><p>x</p>', "<h2>Part &amp; two</h2><p>x</p>"),
        (
            (
                "<span id=\"cloak12\">This email address is being protected.</span><script type='text/javascript'>\n"
                "var prefix = '&#109;a'; var addy12 = '&#97;nn' + '&#64;';\naddy12 = addy12 + 'x' + '&#46;' + 'example';</script>"
            ),
            '<a href="mailto:ann@x.example">ann@x.example</a>',
        ),
        ("<pre>never closed {jcomments on}", "<pre>never closed "),
    ],
)  # fmt: skip
def test_what_plugins_would_have_done_is_undone(raw, made):
    assert without_plugins(raw, Findings("x")) == made


def test_comments_in_brackets_become_plain():
    assert from_brackets("[quote=A][quote]in[/quote]out[/quote][url=https://x.example/]there[/url] [i]x[/i] [1]") == (
        "> A:\n> > in\n> \n> out\n\nthere (https://x.example/) x [1]"
    )
    assert from_brackets("[quote]" * 2_000 + "x")


def test_strange_rows_never_stop_the_rest(tmp_path):
    content = (
        "INSERT INTO `j_content` (`id`,`title`,`alias`,`introtext`,`state`,`catid`,`created`,`images`,`urls`) VALUES "
        "(1,'A','../../x','x',1,'9999999999999999999999','NaN','[1]','7'),(1,'B','','',1,0,'','',''),(NULL,'C','','','x','','','',''),"
        f"(2,'{'t' * 1_000_000}','','\\0',1,8,'2020-02-30 00:00:00','{{\"image_intro\":{{}}}}','{'[' * 20_000}');\n"
        "INSERT INTO `j_categories` (`id`,`parent_id`,`title`,`alias`,`extension`) VALUES (8,9,'A','a','com_content'),(9,8,'B','b','com_content'),(9,9,'C','c','');\n"
        "INSERT INTO `j_menu` (`link`,`path`,`published`) VALUES ('index.php?option=com_content&view=article&id=1:x','//',1),('http://[','x',1);\n"
    )
    records = read(written(tmp_path, content))
    assert {row.key for row in of(Piece, records)} == {"1", "2"}
    assert len(of(Topic, records)) == 2
    assert sum(loss.what == "article" for loss in of(Loss, records)) == 2


@pytest.mark.parametrize(
    "sign",
    ["{aa ", "{youtube}", "<pre>{aa}", '<span id="cloak1">', "<script>addy", "<hr class='", "<joomla-hidden-mail "],
)
def test_texts_that_were_made_to_hurt_take_no_time(sign):
    assert len(without_plugins(sign * 3_000, Findings("x"))) <= len(sign) * 3_000
