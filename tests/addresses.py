"""Every address of the site: who gets in, with which arguments, and whether it takes a form. A row for each route."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.signing import Signer
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from blog.editorial import invitations
from blog.editorial.letters import choices as letter_choices
from blog.editorial.pitching import pitches
from blog.editorial.subscriptions import links as subscription_links
from tests.world import ROLES, World

EVERYBODY = set(ROLES)
SIGNED_IN = EVERYBODY - {"nobody"}
WRITERS = {"guest", "co-author"}
EDITORS = {"editor", "insider", "owner", "plain editor", "limited", "publisher", "administrator"}
IN_LIMITS = EDITORS - {"limited"}
PUBLISHERS = EDITORS - {"plain editor"}
INSIDERS = {"insider"}
ADMINISTRATORS = {"administrator", "owner"}


@dataclass(frozen=True)
class Row:
    """One route. Those let in get `status` for a GET, others `otherwise`, or the way to sign in while signed out.

    Whoever works in the admin already isn't sent to sign in there, but refused. What hangs on a piece (`of_piece`) is
    not there for an editor whose limits it is outside. Those `led_on` are sent to another page.
    """

    let_in: set[str]
    args: Callable[[World], list[Any]] = lambda _world: []
    status: int = 200
    otherwise: int = 404
    takes_forms: bool = False
    needs_no_token: bool = False
    of_piece: bool = False
    led_on: frozenset[str] | set[str] = frozenset()

    def expected(self, role: str) -> int:
        """Return the status of a GET."""
        if role == "limited" and self.of_piece and self.status == 200:
            return 404
        if role in self.let_in:
            return self.status
        if role == "nobody" or role in self.led_on:
            return 302
        return 403 if role in EDITORS and self.otherwise == 302 else self.otherwise


def reading(*args: Callable[[World], Any], status: int = 200) -> Row:
    return Row(EVERYBODY, lambda world: [arg(world) for arg in args], status)


def desk(*args: Any, form: bool = False, only: bool = False) -> Row:
    """A page of the guest's desk. One that is for forms `only` says so to everybody."""
    let_in = EVERYBODY if only else WRITERS
    return Row(let_in, lambda world: [world.proof.pk, *_of(world, args)], 405 if only else 200, 404, form or only)


def admin(*args: Any, let_in: set[str] = EDITORS, form: bool = False, only: bool = False, status: int = 200) -> Row:
    """A page of the editors' desk: others are sent to sign in as somebody else."""
    of_piece = bool(args) and args[0] in OF_PIECES
    return Row(let_in, lambda world: _of(world, args), 405 if only else status, 302, form or only, of_piece=of_piece)


def _of(world: World, args: tuple[Any, ...]) -> list[Any]:
    return [arg(world) if callable(arg) else arg for arg in args]


def on(*parts: str) -> list[Callable[[World], Any]]:
    """Return parts of the day on which the piece came out."""
    return [lambda world, part=part: getattr(timezone.localdate(world.out.published_at), part) for part in parts]


def _token(world: World) -> str:
    return invitations.link_of(world.invitation).rstrip("/").rpartition("/")[2]


def _pitch_token(world: World) -> str:
    return pitches.link_of(world.pitch).rstrip("/").rpartition("/")[2]


def _signed(purpose: str) -> Callable[[World], list[Any]]:
    """Return the link of a subscription that is made for that purpose."""
    return lambda world: [Signer(salt=purpose).sign(world.subscription.pk)]


def _slug(what: str) -> Callable[[World], str]:
    return lambda world: getattr(world, what).slug


@cache
def _pk(what: str) -> Callable[[World], int]:
    return lambda world: getattr(world, what).pk


def _working(world: World) -> int:
    return world.proof.working_id


def _first(world: World) -> int:
    return world.proof.revisions.earliest("number").pk


def _stock(model: str, row: str, let_in: set[str] = EDITORS, **other: Any) -> dict[str, Row]:
    """Return Django's own five pages for a table."""
    pages = {page: admin(_pk(row), let_in=let_in, form=True) for page in ("change", "delete", "history")}
    pages |= {"changelist": admin(let_in=let_in, form=True), "add": admin(let_in=let_in, form=True)}
    return {f"admin:{model}_{page}": row for page, row in {**pages, **other}.items()}


PIECE = _pk("proof")
# What stands first in the address of something that hangs on a piece
OF_PIECES = {PIECE, _pk("submitted"), _pk("out"), _pk("letter"), _pk("comment"), _pk("complaint")}
NEVER = admin(status=403)
ROUTES: dict[str, Row] = {
    "invitation": Row(EVERYBODY, lambda world: [_token(world)]),
    "invitation_accept": Row(EVERYBODY, lambda world: [_token(world)], 405, takes_forms=True),
    "invitation_decline": Row(EVERYBODY, lambda world: [_token(world)], 405, takes_forms=True),
    "accounts:home": Row(SIGNED_IN, takes_forms=True),
    "accounts:picture": Row(EVERYBODY, status=405, takes_forms=True),
    "accounts:comments": Row(SIGNED_IN),
    "accounts:archived": Row(SIGNED_IN, takes_forms=True),
    "accounts:export": Row(SIGNED_IN, takes_forms=True),
    "accounts:erase": Row(SIGNED_IN, takes_forms=True),
    "accounts:erased": Row(EVERYBODY),
    "accounts:letters": Row(SIGNED_IN, takes_forms=True),
    "accounts:verifying": Row(SIGNED_IN, takes_forms=True),
    # Its link is the proof: mail programs send the form without any cookie
    "accounts:end_letters": Row(
        EVERYBODY,
        lambda world: [letter_choices.token_for(world.reader.pk, "reminders")],
        takes_forms=True,
        needs_no_token=True,
    ),
    "accounts:report": Row(SIGNED_IN, lambda world: [world.comment.pk], takes_forms=True),
    "accounts:complain": Row(EVERYBODY, takes_forms=True),
    "accounts:complaint_sent": Row(EVERYBODY),
    "accounts:comment": Row(SIGNED_IN, lambda world: [world.out.pk], takes_forms=True),
    **{f"accounts:{act}_comment": Row({"guest"}, lambda world: [world.guests_comment.pk], takes_forms=True)
       for act in ("edit", "delete")},
    "reading:comments": reading(*on("year", "month", "day"), _slug("out"), lambda _world: 2, status=404),
    "reading:preview": Row(WRITERS | IN_LIMITS, lambda world: [world.proof.pk]),
    "reading:preview_change": Row(EVERYBODY, lambda world: [world.out.pk], 405, takes_forms=True),
    "reading:contact": Row(EVERYBODY, takes_forms=True),
    # The page with its form is the same for everybody, and nothing follows from it but a letter
    "reading:subscribe_ask": Row(EVERYBODY, status=405, takes_forms=True, needs_no_token=True),
    **{f"reading:{name}": Row(EVERYBODY, _signed(purpose), takes_forms=True, needs_no_token=True)
       for name, purpose in {
           "manage_subscriptions": subscription_links.MANAGE, "confirm_subscription": subscription_links.CONFIRM,
           "end_subscription": subscription_links.END,
       }.items()},
    **{f"reading:subscribe_{name}": reading(_slug(name)) for name in ("category", "author", "series")},
    "reading:pitch_form": Row(EVERYBODY, takes_forms=True),
    "reading:pitch": Row(EVERYBODY, lambda world: [_pitch_token(world)]),
    "reading:pitch_act": Row(EVERYBODY, lambda world: [_pitch_token(world), "withdraw"], 405, takes_forms=True),
    **{f"reading:{name}": reading() for name in (
        "home", "authors", "series_list", "pitch_sent", "archive", "changes", "search", "feed", "feed_atom", "feed_json", "contribute", "contact_sent", "robots", "healthz",
        "subscribe", "subscribe_sent",
    )},
    **{f"reading:{name}_page": reading(lambda _world: 2, status=404) for name in ("home", "authors", "series_list", "changes")},
    **{f"reading:{name}": reading(*on(*parts)) for name, parts in {
        "year": ["year"], "month": ["year", "month"], "day": ["year", "month", "day"],
    }.items()},
    **{f"reading:{name}_page": reading(*on(*parts), lambda _world: 2, status=404) for name, parts in {
        "year": ["year"], "month": ["year", "month"], "day": ["year", "month", "day"],
    }.items()},
    "reading:post": reading(*on("year", "month", "day"), _slug("out")),
    "reading:earlier": reading(*on("year", "month", "day"), _slug("out"), lambda _world: 1, status=404),
    "reading:plain_page": reading(lambda _world: "house-rules"),
    "reading:preview_page": Row(EVERYBODY, status=405, takes_forms=True),
    **{f"reading:{name}": reading(_slug(name)) for name in ("category", "tag", "author", "series")},
    **{f"reading:{name}_feed{form}": reading(_slug(name))
       for name in ("category", "tag", "author", "series") for form in ("", "_atom", "_json")},
    "reading:sitemap": reading(),
    "reading:sitemap_lists": reading(),
    "reading:sitemap_lists_more": reading(lambda _world: 2**30, status=404),
    "reading:sitemap_month": reading(*on("year", "month")),
    "reading:sitemap_month_more": reading(*on("year", "month"), lambda _world: 2, status=404),
    "reading:card": reading(_pk("out"), lambda _world: "0", status=301),
    "reading:site_card": reading(lambda _world: "0", status=301),
    **{f"comments:feed{form}": reading() for form in ("", "_atom", "_json")},
    **{f"comments:piece_feed{form}": reading(*on("year", "month", "day"), _slug("out"))
       for form in ("", "_atom", "_json")},
    **{f"reading:{name}_page": reading(_slug(name), lambda _world: 2, status=404)
       for name in ("category", "tag", "author")},
    "accounts:second_factor": Row(SIGNED_IN - EDITORS, led_on=EDITORS),  # Editors have one here
    # allauth's own. Whoever is signed in shows once more who they are before their factors change
    "usersessions_list": Row(SIGNED_IN, takes_forms=True),
    "mfa_index": Row(SIGNED_IN),
    "mfa_list_webauthn": Row(SIGNED_IN),
    **{name: Row(EVERYBODY, status=302, takes_forms=True) for name in (
        "mfa_authenticate", "mfa_login_webauthn", "socialaccount_signup",
    )},
    **{name: Row(SIGNED_IN, status=302, takes_forms=True) for name in (
        "mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes",
    )},
    **{name: Row(SIGNED_IN, lambda _world: [1], status=302, takes_forms=True) for name in (
        "mfa_edit_webauthn", "mfa_remove_webauthn",
    )},
    "mfa_deactivate_totp": Row(EDITORS, status=302, takes_forms=True),
    "mfa_view_recovery_codes": Row(SIGNED_IN, status=404),
    "mfa_download_recovery_codes": Row(SIGNED_IN, status=404),
    "mfa_reauthenticate": Row(EDITORS, status=200, otherwise=302, takes_forms=True),
    "mfa_reauthenticate_webauthn": Row(SIGNED_IN, status=302, takes_forms=True),
    "socialaccount_login_cancelled": Row(EVERYBODY),
    "socialaccount_login_error": Row(EVERYBODY, status=401),
    "socialaccount_connections": Row(SIGNED_IN, takes_forms=True),
    # None is configured
    "openid_connect_login": Row(EVERYBODY, lambda _world: ["microsoft"], status=404, takes_forms=True),
    "openid_connect_callback": Row(EVERYBODY, lambda _world: ["microsoft"], status=404),
    "writing:pieces": Row(SIGNED_IN),
    "writing:begin": Row(EVERYBODY, status=405, takes_forms=True),
    "writing:piece": desk(form=True),
    "writing:byline": desk(form=True),
    "writing:co_authors": desk(form=True),
    "writing:co_author_act": desk(_pk("invitation"), "take-back", only=True),
    "writing:ask_for_correction": desk(form=True),
    "writing:propose": Row({"guest"}, lambda world: [world.out.pk], takes_forms=True),
    "writing:proof": desk(),
    "writing:versions": desk(),
    "writing:version": desk(_working),
    "writing:compare": desk(_first, _working),
    **{f"writing:{name}": desk(only=True) for name in (
        "autosave", "pictures", "submit", "sign_off", "co_author_order", "co_author_leave", "take_back", "withdraw", "say",
    )},
    "writing:note_act": desk(_pk("note"), "done", only=True),
    "writing:use": desk(_first, only=True),
    # In proof it isn't the writers' turn to write: they are led back
    "writing:merge": Row(WRITERS, lambda world: [world.proof.pk, _first(world)], 302, takes_forms=True),
    "writing:word_file": Row(WRITERS, lambda world: [world.proof.pk], 302, takes_forms=True),
    "admin:index": admin(),
    "admin:login": Row(EDITORS, status=302, otherwise=403),
    "admin:logout": admin(status=302),
    "admin:password_change": admin(status=302),
    "admin:password_change_done": admin(),
    "admin:autocomplete": admin(status=403),
    "admin:jsi18n": admin(),
    "admin:view_on_site": admin(lambda world: "99999", lambda world: "1", status=404),
    "admin:app_list": admin("blog"),
    "admin:blog_author_changelist": admin(form=True),
    "admin:blog_author_change": admin(_pk("author"), form=True),
    "admin:blog_author_merge": admin(
        _pk("known"), _pk("twice"), let_in=PUBLISHERS - {"limited"}, form=True
    ),
    "admin:blog_author_behind": admin(_pk("author"), let_in=INSIDERS, form=True),
    "admin:blog_post_together": admin("withdraw", form=True),
    "admin:blog_pitch_changelist": admin(form=True),
    "admin:blog_pitch_change": admin(_pk("pitch")),
    "admin:blog_pitch_act": admin(_pk("pitch"), "ask", only=True),
    "admin:blog_series_parts": admin(_pk("series"), form=True),
    "admin:blog_series_renumber": admin(_pk("series"), only=True),
    "admin:accounts_comment_invite": Row(
        EDITORS, lambda world: [world.comment.pk], otherwise=302, takes_forms=True, of_piece=True
    ),
    "admin:accounts_comment_picture": Row(
        EDITORS, lambda world: [world.comment.pk], otherwise=302, takes_forms=True, of_piece=True
    ),
    "admin:blog_identitylook_changelist": admin(let_in=INSIDERS, form=True),
    "admin:blog_subscription_changelist": admin(form=True),
    "admin:blog_subscription_end": admin(_pk("subscription"), let_in=ADMINISTRATORS, only=True),
    "admin:blog_letter_changelist": admin(form=True),
    "admin:blog_letter_change": admin(_pk("letter")),
    "admin:blog_letter_rewrite": admin(_pk("letter"), only=True),
    "admin:blog_mailing_changelist": admin(),
    "admin:blog_mailing_change": admin(_pk("mailing"), form=True),
    "admin:blog_mailing_time": admin(only=True),
    "admin:blog_mailing_act": admin(_pk("mailing"), "hold", only=True),
    "admin:blog_archive_changelist": admin(),
    "admin:blog_archive_change": admin(_pk("archive")),
    "admin:blog_archive_decide": admin(_pk("suggestion"), only=True),
    "admin:blog_letterwording_changelist": admin(),
    "admin:blog_letterwording_page": admin("to_writer", "proof", form=True),
    "admin:blog_post_remind": admin(PIECE, only=True),
    "admin:blog_post_reminders": admin(PIECE, only=True),
    "admin:blog_letter_act": admin(_pk("letter"), "hold", only=True),
    "admin:blog_post_changelist": admin(form=True),
    "admin:blog_post_invite": admin(form=True),
    "admin:blog_post_begin": admin(only=True),
    "admin:blog_post_export": admin(),
    "admin:blog_post_calendar": admin(),
    "admin:blog_post_day": admin("2027-03-28"),
    "admin:blog_post_let_stand": admin(PIECE, only=True),
    **_stock("blog_hold", "hold", add=admin(let_in=PUBLISHERS, form=True),
             delete=admin(_pk("hold"), let_in=PUBLISHERS - {"limited"}, form=True)),
    "admin:blog_post_change": admin(PIECE),
    "admin:blog_post_edit": admin(_pk("submitted"), form=True),
    "admin:blog_post_particulars": admin(PIECE, form=True),
    "admin:blog_post_byline": admin(PIECE, _pk("author"), only=True),
    "admin:blog_post_names": admin(PIECE, form=True),
    "admin:blog_proposal_answer": admin(_pk("out"), _pk("proposal"), "take-up", only=True),
    "admin:blog_post_versions": admin(PIECE),
    "admin:blog_post_corrections": admin(_pk("out")),
    "admin:blog_correction_act": admin(_pk("out"), lambda _world: 1, "withhold", only=True),
    "admin:blog_post_compare": admin(PIECE, _first, _working),
    "admin:blog_post_say": admin(PIECE, only=True),
    "admin:blog_post_hand_over": admin(PIECE, only=True),
    "admin:blog_invitation_act": admin(lambda world: world.invitation.post_id, _pk("invitation"), "revoke", only=True),
    "admin:blog_post_move": admin(PIECE, "edit", only=True),
    "admin:blog_post_merge": admin(_pk("submitted"), lambda world: world.submitted.working_id, form=True),
    "admin:blog_post_word": admin(_pk("submitted"), form=True),
    **{f"admin:blog_post_{name}": Row(EVERYBODY, lambda world: [world.proof.pk], 405, takes_forms=True)
       for name in ("autosave", "pictures")},
    **{name: row for topic in ("series", "category", "tag")
       for name, row in _stock(
           f"blog_{topic}", topic, delete=admin(_pk(topic), let_in=PUBLISHERS, form=True)
       ).items()},
    **_stock("blog_savedreply", "saved_reply"),
    # Editors read the list; whoever takes a domain off sees whose badge goes, so only who sees addresses may
    **_stock(
        "accounts_listeddomain", "listed_domain", add=admin(let_in=ADMINISTRATORS, form=True),
        delete=admin(_pk("listed_domain"), status=403),
    ),
    **_stock("blog_checklistitem", "question", delete=admin(_pk("question"), status=403)),
    "admin:blog_post_note": admin(PIECE, only=True),
    "admin:blog_post_note_act": admin(PIECE, _pk("note"), "done", only=True),
    "admin:blog_post_tick": admin(PIECE, _pk("question"), only=True),
    "admin:blog_post_fill": admin(PIECE, "say", only=True),
    "admin:blog_plainpage_changelist": admin(form=True),
    "admin:blog_plainpage_add": admin(form=True),
    "admin:blog_plainpage_change": admin(_pk("page"), form=True),
    "admin:blog_plainpage_pictures": admin(only=True),
    **_stock(
        "blog_masthead", "masthead", ADMINISTRATORS, add=admin(let_in=ADMINISTRATORS, status=403),
        delete=admin(_pk("masthead"), let_in=ADMINISTRATORS, status=403),
    ),
    **_stock("accounts_comment", "comment", add=NEVER, delete=admin(_pk("comment"), status=403)),
    **_stock(
        "accounts_user", "reader", ADMINISTRATORS, add=admin(let_in=ADMINISTRATORS, status=403),
        delete=admin(_pk("reader"), let_in=ADMINISTRATORS, status=403),
    ),
    "admin:accounts_user_second_factors": admin(_pk("reader"), let_in=ADMINISTRATORS, form=True),
    **{f"admin:accounts_comment_{kind}": admin(_pk("comment"), only=True)
       for kind in ("approve", "keep", "hide", "spam", "block", "unblock", "fill")},
    "admin:accounts_comment_queue": admin(status=302),  # To the oldest that waits, or to the list
    "admin:accounts_commentdecision_changelist": admin(form=True),
    "admin:accounts_accountblock_changelist": admin(form=True),
    "admin:accounts_complaint_changelist": admin(form=True),
    "admin:accounts_complaint_change": admin(_pk("complaint")),
    **{f"admin:accounts_complaint_{act}": admin(_pk("complaint"), only=True) for act in ("answer", "close")},
    **_stock(
        "accounts_moderationrules", "rules", IN_LIMITS, add=admin(let_in=IN_LIMITS, status=403),
        delete=admin(_pk("rules"), let_in=IN_LIMITS, status=403), changelist=admin(let_in=IN_LIMITS, status=302),
    ),
    **_stock("accounts_listedword", "listed_word", IN_LIMITS),
    **{f"admin:accounts_comment_{kind}_many": admin(only=True) for kind in ("hide", "block")},
}  # fmt: skip


def routes() -> Iterator[str]:
    """Return the name of every route of our own and of the admin's; what allauth does inside is its own business."""
    yield from (name for name in _walk(get_resolver().url_patterns, "") if not name.startswith("account_"))


def _walk(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)
        elif pattern.name:
            yield f"{space}{pattern.name}"


def path_of(name: str, world: World) -> str:
    """Return a route's address in this world."""
    args = ROUTES[name].args(world)
    return reverse(name, kwargs={"app_label": args[0]}) if name == "admin:app_list" else reverse(name, args=args)
