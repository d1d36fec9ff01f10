from collections import Counter, defaultdict

from django.db import migrations
from django.utils import timezone


def fill(apps, schema_editor):
    Post, Listing, Listed, Standing = (
        apps.get_model("blog", name) for name in ("Post", "Listing", "Listed", "Standing")
    )
    Byline, Series = apps.get_model("blog", "Byline"), apps.get_model("blog", "Series")
    published = Post.objects.filter(state="published")
    names, tags = defaultdict(list), defaultdict(list)
    for post, author in Byline.objects.filter(post__in=published).values_list("post", "author"):
        names[post].append(author)
    for post, tag in Post.tags.through.objects.filter(post__in=published).values_list("post", "tag"):
        tags[post].append(tag)
    sizes, on = Counter(), []
    numbers, newest = defaultdict(list), {}
    for row in published.values_list("pk", "published_at", "category", "series", "part_number"):
        pk, at, category, series, part = row
        day = timezone.localdate(at)
        sizes.update([("all", 0), ("year", day.year), ("month", day.year * 100 + day.month)])
        kept = [("author", author) for author in names[pk]] + [("tag", tag) for tag in tags[pk]]
        kept += [("category", category)] * bool(category) + [("series", series)] * bool(series)
        sizes.update(kept)
        on += [(one, pk, at) for one in kept]
        if series:
            newest[series] = max(at, newest.get(series, at))
            numbers[series] += [part] * bool(part)
    Listing.objects.bulk_create(
        Listing(key=key_of(kind, subject), kind=kind, subject=subject, pieces=pieces)
        for (kind, subject), pieces in sizes.items()
    )
    keys = {(kind, subject): pk for pk, kind, subject in Listing.objects.values_list("pk", "kind", "subject")}
    Listed.objects.bulk_create(
        (Listed(listing_id=keys[one], post_id=pk, published_at=at) for one, pk, at in on), batch_size=1000
    )
    planned = dict(Series.objects.values_list("pk", "planned_parts"))
    Standing.objects.bulk_create(
        Standing(
            series_id=pk,
            parts=len(numbers[pk]),
            highest=max(numbers[pk], default=0),
            newest_at=at,
            is_in_progress=0 < len(numbers[pk]) < max([planned[pk] or 0, *numbers[pk]]),
        )
        for pk, at in newest.items()
    )


def key_of(kind, subject):
    if kind == "month":
        return f"list:{subject // 100:04}-{subject % 100:02}"
    return {"all": "list:all", "year": f"list:{subject:04}"}.get(kind, f"list:{kind}:{subject}")


def empty(apps, schema_editor):
    for name in ("Listing", "Standing"):
        apps.get_model("blog", name).objects.all().delete()


class Migration(migrations.Migration):
    """Put the pieces that are published already on the lists."""

    dependencies = [("blog", "0004_lists_of_every_kind")]

    operations = [migrations.RunPython(fill, empty)]
