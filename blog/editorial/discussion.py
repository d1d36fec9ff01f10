"""What the blog knows of the discussion under a piece: how many comments readers see."""

from blog.models import Post


def set_comment_count(*, post_id: int, count: int) -> None:
    """Write down the number of public comments on a piece, so that lists need not count."""
    Post.objects.filter(pk=post_id).update(comment_count=count)
