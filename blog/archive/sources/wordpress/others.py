"""Items of an export that are neither posts nor pages, nor anything that these need: named, with the reason."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from blog.archive.records import Loss, Weight
from blog.archive.sources.wordpress.elements import Element
from blog.archive.sources.wordpress.words import shortened

# Said once, with all titles: nobody wrote these for readers
OF_WORDPRESS = {
    "revision": "Earlier versions of texts aren't brought.",
    "wp_navigation": "A menu of a block theme; set up the menu here.",
    "wp_template": "A part of the theme.",
    "wp_template_part": "A part of the theme.",
    "wp_global_styles": "A part of the theme.",
    "wp_font_family": "A part of the theme.",
    "wp_font_face": "A part of the theme.",
    "custom_css": "A part of the theme.",
    "customize_changeset": "A part of the theme.",
    "oembed_cache": "What WordPress kept of pages elsewhere.",
    "user_request": "A request about somebody's data; it belongs to the old site alone.",
    "jp_pay_product": "A product of a shop.",
    "feedback": "What readers sent through a form; it belongs to the old site alone.",
    "wpcf7_contact_form": "A form of the plugin Contact Form 7.",
    "jetpack_migration": "What the plugin Jetpack kept for itself.",
    "acf-field": "What a plugin kept for itself.",
    "acf-field-group": "What a plugin kept for itself.",
    "safecss": "A part of the theme.",
    "scheduled-action": "What a plugin kept for itself.",
}
# Read where they are needed: files, reusable blocks, menus, guests of plugins for several authors
READ_ELSEWHERE = {"attachment", "wp_block", "nav_menu_item", "guest-author", "guest_author", "ppma_boxes"}
MOST_NAMED = 200


@dataclass
class Others:
    """Gathers what isn't brought, by type."""

    named: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def take(self, item: Element) -> Iterator[Loss]:
        """Take note of an item, or say at once that it isn't brought."""
        kind = item.get("wp:post_type")
        title = shortened(item.get("title")) or item.get("link") or item.key
        if kind in READ_ELSEWHERE:
            return
        if kind in OF_WORDPRESS:
            self.counts[kind] += 1
            if len(self.named[kind]) < MOST_NAMED:
                self.named[kind].append(title)
            return
        comments = f" {len(item.comments)} comments under it are left too." if item.comments else ""
        why = f"Its type is “{shortened(kind, 60)}”; only posts and pages are brought. It was at {item.get('link')}."
        yield Loss("item", title, f"{why}{comments}")

    def said(self) -> Iterator[Loss]:
        """Say what was taken note of."""
        for kind, names in self.named.items():
            listed = ", ".join(names) + (" …" if self.counts[kind] > len(names) else "")
            yield Loss(kind, f"{self.counts[kind]} of them", f"{OF_WORDPRESS[kind]} {listed}", Weight.LOST)


def empty_draft(item: Element) -> Loss | None:
    """Say that a draft which WordPress made by itself isn't brought; nothing if it is any other item."""
    if item.get("wp:status") != "auto-draft":
        return None
    title = shortened(item.get("title")) or item.key
    return Loss(item.get("wp:post_type") or "post", title, "WordPress made it by itself; nobody had saved it yet.")
