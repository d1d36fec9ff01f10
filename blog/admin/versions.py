"""Every version of a text that was ever saved, and the difference between any two."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from blog.admin.access import editor_of
from blog.admin.pages import show
from blog.admin.pieces import piece_or_404
from blog.admin.text_views import summary_of
from blog.changes import compare, compare_lines, side_by_side
from blog.desk.keys import key_in
from blog.editorial.letters.writing import name_in, names_around
from blog.models import Post, Revision


def versions_view(request: HttpRequest, pk: int) -> HttpResponse:
    """List the versions, newest first, each with who wrote it and when.

    With `?old=…&new=…` it leads on to the comparison of the two.
    """
    post = piece_or_404(pk, by=editor_of(request))
    if "old" in request.GET or "new" in request.GET:
        old, new = (_revision_or_404(post, key_in(request.GET.get(name, "")) or 0) for name in ("old", "new"))
        return redirect("admin:blog_post_compare", post.pk, old.pk, new.pk)
    names = names_around(post)
    revisions = post.revisions.select_related("written_by").defer("body", "introduction").order_by("-number")
    versions = [
        {
            "revision": revision,
            "who": name_in(names, revision.written_by),
            "is_working": revision.pk == post.working_id,
            "is_live": revision.pk == post.live_id,
        }
        for revision in revisions
    ]
    return show(request, "admin/versions.html", {"post": post, "versions": versions})


def compare_view(request: HttpRequest, pk: int, old: int, new: int) -> HttpResponse:
    """Show the newer of two versions with what changed marked in it."""
    post = piece_or_404(pk, by=editor_of(request))
    before, after = _revision_or_404(post, old), _revision_or_404(post, new)
    names = names_around(post)
    view = "side" if request.GET.get("view") == "side" else "inline"
    body = compare(before.body, after.body)
    context = {
        "post": post,
        "old": before,
        "new": after,
        "old_who": name_in(names, before.written_by),
        "new_who": name_in(names, after.written_by),
        "title_marked": compare_lines(before.title, after.title),
        "standfirst_marked": compare_lines(before.standfirst, after.standfirst),
        "introduction": compare(before.introduction, after.introduction),
        "body": body,
        "rows": side_by_side(before.body, after.body) if view == "side" else [],
        "view": view,
        "summary": summary_of(body),
    }
    return show(request, "admin/compare.html", context)


def _revision_or_404(post: Post, pk: int) -> Revision:
    revision = post.revisions.select_related("written_by").filter(pk=pk).first()
    if revision is None:
        raise Http404
    return revision
