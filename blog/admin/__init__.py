"""The editors' desk, in the Django admin: what waits, reviewing, editing, and the lists around it.

Importing this package registers everything. `access` says who gets in, `pages` draws our own pages in the desk's frame,
`forms` is what their forms share. `posts` has the addresses of a piece; `review_page`, `moves`, `edit_page`,
`particulars`, `notes`, `invitations` and `versions` are what an editor does with one; `topics`, `authors`, `letters`,
`plain_pages`, `pitches`, `saved_replies`, `checklist`, `subscriptions`, `mailings`, `archives` and `masthead` are what
stands around it.
"""

from blog.admin import (
    archives,
    authors,
    checklist,
    holds,
    letter_wordings,
    letters,
    mailings,
    masthead,
    pitches,
    plain_pages,
    posts,
    saved_replies,
    subscriptions,
    topics,
)

__all__ = [
    "archives",
    "authors",
    "checklist",
    "holds",
    "letter_wordings",
    "letters",
    "mailings",
    "masthead",
    "pitches",
    "plain_pages",
    "posts",
    "saved_replies",
    "subscriptions",
    "topics",
]
