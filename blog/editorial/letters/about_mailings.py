"""The letters to those who follow the blog, as rows of the registry: editors reword them like any other."""

from django.utils.translation import gettext_lazy

from blog.editorial.letters.kinds import BLOG, Kind, Word, register

ANNOUNCEMENT, ROUND_UP = "to_reader/announcement", "to_reader/round_up"

register(
    Kind(
        ANNOUNCEMENT,
        gettext_lazy("A new piece, to those who follow it"),
        gettext_lazy(
            "It goes to those who follow the blog, the series, a writer or the category, some minutes after a piece "
            "has come out. Why they get it, and how to end it, is added below."
        ),
        (
            Word(
                "title",
                gettext_lazy("the title of the piece, as readers see it."),
                "Who closes a row?",
                lambda given: given.text("title"),
            ),
            Word(
                "byline",
                gettext_lazy("the names of its writers, as they are printed."),
                "Priya Raman and The Mole",
                lambda given: given.text("byline"),
            ),
            Word(
                "standfirst",
                gettext_lazy("the standfirst, if it has one."),
                gettext_lazy("Every enquiry needs a name against it, and a day."),
                lambda given: given.text("standfirst"),
                is_optional=True,
            ),
            Word(
                "part_of",
                gettext_lazy("the line that says which part of which series it is, if it is one."),
                gettext_lazy("Part 3 of the series “Row by row”."),
                lambda given: given.text("part_of"),
                is_optional=True,
            ),
            Word(
                "link",
                gettext_lazy("the address of the page that the letter leads to."),
                "https://blog.example/2026/03/14/who-closes-a-row/",
                lambda given: given.text("link"),
            ),
            BLOG,
        ),
    ),
    Kind(
        ROUND_UP,
        gettext_lazy("The round-up of the week"),
        gettext_lazy(
            "It goes once a week to those who chose one letter a week, with the pieces that they follow. Why they get "
            "it, and how to end it, is added below."
        ),
        (
            Word(
                "introduction",
                gettext_lazy("the words with which an editor introduces it, if there are any."),
                gettext_lazy("A week about enquiries, and who answers them."),
                lambda given: given.text("introduction"),
                is_long=True,
                is_optional=True,
            ),
            Word(
                "pieces",
                gettext_lazy("the pieces, each with title, names, standfirst and address."),
                "Who closes a row?\nBy Priya Raman. Every enquiry needs a name against it, and a day.\n"
                "https://blog.example/2026/03/14/who-closes-a-row/",
                lambda given: given.text("pieces"),
                is_long=True,
            ),
            BLOG,
        ),
        needs=("pieces",),
    ),
)
