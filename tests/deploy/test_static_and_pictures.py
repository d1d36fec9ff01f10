"""Static files are kept for a year where their name has a hash; of what people sent, pictures alone are served."""

import pytest

from tests.deploy.conftest import Visitor


def test_a_hashed_file_is_kept_for_a_year(visitor: Visitor):
    answer = visitor.asks("/static/site.0123456789ab.css", Accept_Encoding="br")

    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert (answer.headers["content-encoding"], answer.body) == ("br", b"in .br")
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_static_file_without_a_hash_is_kept_for_a_minute(visitor: Visitor):
    assert visitor.asks("/static/site.css").headers["cache-control"] == "public, max-age=60"


def test_a_static_file_that_is_not_there_is_not_kept(visitor: Visitor):
    answer = visitor.asks("/static/site.ffffffffffff.css")

    assert answer.status == 404
    assert "cache-control" not in answer.headers


def test_pictures_can_run_nothing_and_are_kept(visitor: Visitor):
    answer = visitor.asks("/media/pictures/2026/03/a.jpg")

    assert (answer.body, answer.headers["content-type"]) == (b"picture", "image/jpeg")
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_documents_are_for_saving_and_can_run_nothing(visitor: Visitor):
    answer = visitor.asks("/media/documents/2026/03/0a1b/a-report.pdf")

    assert (answer.body, answer.headers["content-disposition"]) == (b"document", "attachment")
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("name", ["documents/2026/03/a.html", "documents/2026/03/", "pictures/2026/03/a.pdf"])
def test_no_other_kind_of_document_is_served_nor_one_from_another_folder(visitor: Visitor, name: str):
    assert visitor.asks(f"/media/{name}").status == 404


@pytest.mark.parametrize("name", ["a.svg", "a.html", "", "a.png", "a.jpg/", "a.jpg.html"])
def test_nothing_but_pictures_is_served_and_no_folder_is_listed(visitor: Visitor, name: str):
    assert visitor.asks(f"/media/pictures/2026/03/{name}").status == 404


@pytest.mark.parametrize("path", ["/static/", "/static", "/media/", "/media/pictures/"])
def test_folders_are_not_listed(visitor: Visitor, path: str):
    answer = visitor.asks(path)

    assert answer.is_from_application or answer.status in {301, 403, 404}
    assert b"site" not in answer.body
