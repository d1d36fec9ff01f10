"""The keys of what goes out: what it is and its address, so that the same thing has the same key every time."""

from blog.models import Author, PlainPage, Post


def of_person(author: Author) -> str:
    """Return the key of a public name."""
    return f"author:{author.slug}"


def of_topic(kind: str, slug: str) -> str:
    """Return the key of a category, tag or series; `kind` is the model's name."""
    return f"{kind}:{slug}"


def of_piece(post: Post) -> str:
    """Return the key of a piece: by its address, or while it has none by its number."""
    return f"post:{post.slug}" if post.slug else f"draft:{post.pk}"


def of_page(page: PlainPage) -> str:
    """Return the key of a plain page."""
    return f"page:{page.slug}"
