from tests.factories import make_comment
from tests.people import signed_in


def test_the_home_page_lists_ones_comments_with_what_became_of_them(regular, post, newcomer):
    make_comment(post, regular, state="held", text="Mine, waiting")
    make_comment(post, newcomer, text="Somebody else’s")
    page = signed_in(regular).get("/accounts/").content.decode()
    assert "Mine, waiting" in page
    assert "With the editors" in page
    assert "Somebody else’s" not in page
    assert "owen@council.example" in page


def test_the_display_name_can_be_changed_but_not_emptied(regular):
    client = signed_in(regular)
    assert client.post("/accounts/", {"display_name": "  O.\u202e P. "}).status_code == 302
    regular.refresh_from_db()
    assert regular.display_name == "O. P."
    for bad in ("", "\x00", "x" * 81):
        assert client.post("/accounts/", {"display_name": bad}).status_code == 422
    regular.refresh_from_db()
    assert regular.display_name == "O. P."


def test_signed_out_there_is_no_account_to_see(client):
    assert client.get("/accounts/")["Location"] == "/accounts/login/?next=/accounts/"
