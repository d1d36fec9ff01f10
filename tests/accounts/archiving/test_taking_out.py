"""What goes out of discussions: what readers see, and it comes in again as it was."""

import datetime as dt

import pytest

from blog.archive.discussions import Thread, discussions
from blog.archive.records import RemarkState
from blog.models import Archive
from tests.accounts.archiving.conftest import ADDRESS, said
from tests.factories import NOW, UserFactory, make_comment

SOON, LATER, LATEST = (NOW + dt.timedelta(hours=hours) for hours in (1, 2, 3))

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(kept) -> list:
    """Give a thread in which an answer was taken down, and the name on the byline has the last word."""
    dana, owen = (
        UserFactory(display_name="Dana W", email="dana@private.example"),
        UserFactory(display_name="Owen P"),
    )
    top = make_comment(kept.post, dana, text="Top.")
    hidden = make_comment(kept.post, owen, text="Insult.", parent=top, state="hidden")
    answer = make_comment(kept.post, dana, text="Answers the insult.", parent=top, replied_to=hidden, written_at=SOON)
    last = make_comment(
        kept.post, owen, text="Thank you.", parent=top, replied_to=answer, author=kept.mole, written_at=LATER
    )
    held = make_comment(kept.post, dana, state="held")
    alone = make_comment(kept.post, owen, text="Under what waits.", parent=held, written_at=LATEST)
    return [top, answer, last, alone]


def test_it_is_what_readers_see_and_nothing_of_accounts(kept, thread, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = discussions().take_out([kept.post.pk, kept.other.pk])
    remarks = found[kept.post.pk]
    assert found[kept.other.pk] == ()
    top, answer, last, alone = (str(one.pk) for one in thread)
    assert [(one.key, one.name, one.parent, one.person) for one in remarks] == [
        (top, "Dana W", "", ""),
        (answer, "Dana W", top, ""),
        (last, "The Mole", answer, f"author:{kept.mole.slug}"),
        (alone, "Owen P", "", ""),
    ]
    assert {one.state for one in remarks} == {RemarkState.APPROVED}
    assert "private.example" not in repr(remarks)


def test_it_comes_in_again_as_it_was(kept, thread):
    (out,) = discussions().take_out([kept.post.pk]).values()
    archive = Archive.objects.create(name="elsewhere.example", system="wlg", begun_at=NOW)
    coming = Thread(kept.other.pk, out, {f"author:{kept.mole.slug}": kept.mole.pk})
    assert discussions().bring_in(archive=archive, threads=[coming], at=LATEST).losses == ()
    (again,) = discussions().take_out([kept.other.pk]).values()
    numbers = {one.key: number for rows in (out, again) for number, one in enumerate(rows)}

    def plainly(rows):
        return [(one.name, one.text, one.written_at, numbers.get(one.parent), one.person) for one in rows]

    assert plainly(again) == plainly(out)


def test_names_from_an_archive_go_out_without_their_addresses(kept, bring):
    bring(said("1", name="Ivy", address=ADDRESS), said("2", "Waits.", state=RemarkState.HELD))
    (remarks,) = discussions().take_out([kept.post.pk]).values()
    assert [(one.name, one.address) for one in remarks] == [("Ivy", "")]
