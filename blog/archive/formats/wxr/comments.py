"""Comments as they stand in an item of a WXR file: names and words, threads, and nothing of accounts."""

from collections.abc import Callable, Iterator, Sequence

from blog.archive.formats.wxr import names
from blog.archive.formats.wxr.xml import element, exact, in_utc, local, plain, text
from blog.archive.records import Remark, RemarkState

APPROVED = {RemarkState.APPROVED: "1", RemarkState.HELD: "0", RemarkState.SPAM: "spam"}


def comments(remarks: Sequence[Remark], login: Callable[[str], str], *, after: int) -> Iterator[str]:
    """Give comments in their order, numbered from the one after `after`. Their addresses are nobody's business."""
    numbers = {remark.key: number for number, remark in enumerate(remarks, after + 1)}
    for remark in remarks:
        more = {
            names.COMMENT_KEY: remark.key,
            names.COMMENT_PERSON: login(remark.person),
            names.WRITTEN_AT: exact(remark.written_at),
            names.EDITED_AT: remark.edited_at.isoformat() if remark.edited_at else "",
        }
        yield element(
            "wp:comment",
            "".join(
                (
                    f"<wp:comment_id>{numbers[remark.key]}</wp:comment_id>",
                    f"<wp:comment_author>{plain(remark.name)}</wp:comment_author>",
                    "<wp:comment_author_email></wp:comment_author_email>",
                    f"<wp:comment_author_url>{text(remark.site)}</wp:comment_author_url>",
                    "<wp:comment_author_IP></wp:comment_author_IP>",
                    f"<wp:comment_date>{text(local(remark.written_at))}</wp:comment_date>",
                    f"<wp:comment_date_gmt>{text(in_utc(remark.written_at))}</wp:comment_date_gmt>",
                    f"<wp:comment_content>{plain(remark.text)}</wp:comment_content>",
                    f"<wp:comment_approved>{APPROVED[remark.state]}</wp:comment_approved>",
                    "<wp:comment_type>comment</wp:comment_type>",
                    f"<wp:comment_parent>{numbers.get(remark.parent, 0)}</wp:comment_parent>",
                    "<wp:comment_user_id>0</wp:comment_user_id>",
                    *(f"<wlg:{name}>{text(value)}</wlg:{name}>" for name, value in more.items() if value),
                )
            ),
        )
