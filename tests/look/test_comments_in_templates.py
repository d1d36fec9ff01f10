"""What is meant for those who read a template never stands on the page: Django's short comments end on their line."""

from django.conf import settings


def test_every_short_comment_ends_on_its_line():
    for template in sorted((settings.BASE_DIR / "templates").rglob("*.html")):
        for line in template.read_text().splitlines():
            assert line.count("{#") == line.count("#}"), f"{template}: {line}"
