"""What may be shown, where, to whom, and why: nothing of it says that this account is this pen name."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.addresses import ADMINISTRATORS, EDITORS, EVERYBODY
from tests.pen_names.crawl import Find
from tests.pen_names.needles import ADDRESS, KEY, NAME, PEN_NAMES, USER_NAME, in_base64, telling

PIECE_ELSEWHERE = "Rows that close"
REMARK = "We found the opposite"
OWN_NAME = {USER_NAME.lower(), *in_base64(USER_NAME.encode())}
KEY_ALONE = {str(KEY)}


def _names_no_pen_name(page: str) -> bool:
    return not any(name in page for name in PEN_NAMES)


def _is_about_the_comment_elsewhere(page: str) -> bool:
    return PIECE_ELSEWHERE in page or REMARK in page


@dataclass(frozen=True)
class Allowance:
    """Routes on which some words may stand, for some roles, if the page is as it should be."""

    why: str
    routes: frozenset[str]
    words: frozenset[str]
    roles: frozenset[str] = frozenset(EVERYBODY)
    holds: Callable[[str], bool] = _names_no_pen_name

    def covers(self, find: Find) -> bool:
        """Whether it allows what was found."""
        fits = find.role in self.roles and find.route in self.routes and set(find.told) <= self.words
        return fits and self.holds(find.page)


COMMENT_PAGES = (
    {
        f"admin:accounts_comment_{page}"
        for page in (
            "changelist",
            "change",
            "invite",
            "picture",
            "approve",
            "hide",
            "block",
            "unblock",
            "hide_many",
            "block_many",
        )
    }
    | {f"admin:accounts_comment_{page}" for page in ("queue", "fill", "keep", "spam")}
    | {
        "admin:accounts_commentdecision_changelist",
        "accounts:report",
    }
)
ALLOWANCES = [
    Allowance(
        "Administrators manage accounts: who there is, with address and display name. No pen name stands there.",
        frozenset(f"admin:accounts_user_{page}" for page in ("changelist", "change", "history", "second_factors")),
        frozenset({*OWN_NAME, *KEY_ALONE, *telling(ADDRESS)}),
        frozenset(ADMINISTRATORS),
    ),
    Allowance(
        "A comment elsewhere stands under the display name of the account, which is no pen name; so does its letter.",
        frozenset({
            "reading:home", "reading:post", "reading:preview", "accounts:comment", "comments:feed", "comments:feed_atom",
            "comments:feed_json", "admin:blog_letter_changelist", "admin:blog_letter_change", "comments:piece_feed", "comments:piece_feed_atom", "comments:piece_feed_json",
        } | COMMENT_PAGES),
        frozenset(OWN_NAME),
        holds=_is_about_the_comment_elsewhere,
    ),
    Allowance(
        "From such a comment, and from no other, administrators get to the account; what is refused shows its page again.",
        frozenset(
            f"admin:accounts_comment_{page}"
            for page in ("change", "approve", "keep", "hide", "spam", "block", "unblock", "fill")
        ),
        frozenset(OWN_NAME | KEY_ALONE),
        frozenset(ADMINISTRATORS),
        holds=lambda page: PIECE_ELSEWHERE in page and _names_no_pen_name(page),
    ),
    Allowance(
        "Whoever is invited through such a comment stands on the new piece under its name until they choose another.",
        frozenset({"admin:accounts_comment_invite", "admin:blog_post_change"}),
        frozenset(OWN_NAME),
        frozenset(EDITORS),
    ),
    Allowance(
        "The links of invitations and pitches are in letters to the person alone, and say nothing of what came of them.",
        frozenset({"invitation", "invitation_accept", "invitation_decline", "reading:pitch", "reading:pitch_act"}),
        frozenset(telling(NAME) + telling(ADDRESS)),
    ),
    Allowance(
        "From that link a code is sent to its address, and the page that asks for the code says where it went.",
        frozenset({"account_confirm_login_code"}),
        frozenset(telling(ADDRESS)),
        frozenset({"nobody"}),
        holds=lambda page: "/invitation/" in page and _names_no_pen_name(page),
    ),
]  # fmt: skip


def is_allowed(find: Find) -> bool:
    """Whether one of the rows above says why this may be shown."""
    return any(allowance.covers(find) for allowance in ALLOWANCES)


def may_be_in_a_letter(words: str) -> bool:
    """Whether a letter names the account by its display name alone, for the comment that stands under it."""
    return set(telling(words)) <= OWN_NAME and PIECE_ELSEWHERE in words
