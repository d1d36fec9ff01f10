"""The second half of what two writers go through: their piece is scheduled, comes out, is corrected and taken down."""

import datetime as dt
import re

from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from blog.models import HoldExemption, Letter, Post
from tests.journeys.at_the_desk import write_after
from tests.journeys.conftest import Clock, Person
from tests.journeys.doing import follow, main_of, open_move, send, wait_until_saved
from tests.journeys.letter_box import LetterBox

TOM, PRIYA, DENNIS = "tom@blog.example", "priya.raman@vale.example", "dennis@shire.example"
HIDDEN = re.compile("priya|raman", re.IGNORECASE)
PEN_NAME, TITLE = "The Night Clerk", "What the night desk knows"


def it_is_scheduled_in_a_hold(tom: Person, post: Post, box: LetterBox) -> Post:
    day = timezone.localdate() + dt.timedelta(days=3)
    tom.goto("/admin/blog/hold/add/")
    tom.page.get_by_label("Name").fill("Election period")
    tom.page.get_by_label("Reason").fill("A by-election is on.")
    tom.page.get_by_label("From").fill(str(day - dt.timedelta(days=1)))
    tom.page.get_by_label(re.compile("^To:?$")).fill(str(day + dt.timedelta(days=1)))
    tom.picture("two-08-hold")
    send(tom, "Save")
    tom.goto(f"/admin/blog/post/{post.pk}/change/")
    panel = open_move(tom, "Publish")
    panel.get_by_label("Day").fill(str(day))
    panel.get_by_label("Time", exact=True).fill("08:00")
    send(tom, "Publish at that time", within=panel)
    expect(panel).to_contain_text("This time is in a hold. “Election period”: A by-election is on.")
    tom.page.get_by_role("link", name="Go to what you typed").click()
    expect(panel.get_by_label("why it goes out all the same")).to_be_in_viewport()
    tom.picture("two-09-in-a-hold")
    box.brings()
    panel.get_by_label("why it goes out all the same").fill("It is about telephones.")
    send(tom, "Publish at that time", within=panel)
    box.brings(("to_writer/scheduled", PRIYA), ("to_writer/scheduled", DENNIS))
    assert HoldExemption.objects.get().reason == "It is about telephones."
    return Post.objects.get()


def it_comes_out_by_the_clock(reader: Person, post: Post, clock: Clock, box: LetterBox) -> None:
    """Nothing is done to the piece and no worker runs: the whole site's clock is put forward, and that is all."""
    reader.goto("/")
    expect(reader.page.get_by_text(TITLE)).to_have_count(0)
    assert Client().get(post.get_absolute_url()).status_code == 404
    clock.go_to(post.published_at)
    reader.goto("/")
    follow(reader, TITLE)
    byline = main_of(reader).locator(".byline")
    for words in (PEN_NAME, "writing under a pen name", "Dennis Okafor"):
        expect(byline.get_by_text(words)).to_be_visible()
    reader.picture("two-10-out")
    follow(reader, f"All pieces by {PEN_NAME}")
    for path in ("/writers/", "/archive/", "/search/?q=night"):
        reader.goto(path)
    box.brings()


def it_is_corrected(tom: Person, reader: Person, post: Post, box: LetterBox) -> None:
    tom.goto(f"/admin/blog/post/{post.pk}/change/")
    follow(tom, "Edit the text")
    write_after(tom.page, "We write every call", " Or nearly.")
    wait_until_saved(tom)
    send(tom, "Save and go back")
    box.brings()
    expect(main_of(tom).get_by_text("1 change in 1 paragraph.")).to_be_visible()
    panel = open_move(tom, "Publish the correction")
    panel.get_by_label("What has changed?").fill("One call was not written down.")
    tom.picture("two-11-correcting")
    send(tom, "Publish the correction")
    box.brings(("to_writer/corrected", PRIYA), ("to_writer/corrected", DENNIS))
    reader.goto(post.get_absolute_url())
    expect(reader.page.locator("#corrections")).to_contain_text("One call was not written down.")
    follow(reader, "See the earlier text")
    expect(main_of(reader)).to_contain_text("a book with a red cover.")
    expect(main_of(reader)).not_to_contain_text("Or nearly.")


def and_retracted(tom: Person, reader: Person, post: Post, box: LetterBox) -> None:
    panel = open_move(tom, "Retract")
    panel.get_by_label("Why is it retracted?").fill("The calls were private.")
    panel.get_by_label("What may readers know?").fill("It told too much about callers.")
    send(tom, "Retract")
    tom.picture("two-12-retracted")
    box.brings(("to_writer/retracted", PRIYA), ("to_writer/retracted", DENNIS))
    reader.goto(post.get_absolute_url())
    expect(reader.page.get_by_role("heading", name="This piece has been taken down")).to_be_visible()
    expect(main_of(reader)).to_contain_text("It told too much about callers.")
    expect(main_of(reader)).not_to_contain_text("The calls were private.")
    reader.picture("two-13-taken-down")


def the_others_look_everywhere(tom: Person, dennis: Person, post: Post) -> None:
    """Open whatever a name could stand on, for whoever must not read it there."""
    pieces = [f"post/{post.pk}/{page}/" for page in ("change", "particulars", "names", "versions", "corrections")]
    letters = [f"letter/{letter.pk}/change/" for letter in Letter.objects.filter(to_address=PRIYA)]
    assert len(letters) >= 7
    for path in ("post/", "post/calendar/", "letter/", "author/", "hold/", *pieces, *letters):
        tom.goto(f"/admin/blog/{path}")
    tom.goto("/admin/")
    for page in ("", f"{post.pk}/", f"{post.pk}/co-authors/", f"{post.pk}/byline/", f"{post.pk}/versions/"):
        dennis.goto(f"/desk/{page}")
