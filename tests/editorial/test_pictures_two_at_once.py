"""Two workers at the same picture: one prepares it. On real transactions."""

import pytest

from blog.editorial.upkeep import renditions
from blog.models import Picture, Purge
from tests.factories import NOW
from tests.pictures import make_picture
from tests.threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.two_at_once]


def test_of_two_workers_one_prepares_a_picture():
    make_picture()
    Purge.objects.all().delete()

    made = at_once(*[lambda: renditions.make_due(at=NOW)] * 2)

    assert sorted(made) == [0, 1]
    assert Picture.objects.get().renditions
    assert Purge.objects.count() == 1


def test_two_workers_take_a_picture_each():
    for _ in range(2):
        make_picture()

    at_once(*[lambda: renditions.make_due(at=NOW, most=2)] * 2)

    assert not Picture.objects.filter(renditions={}).exists()
    assert set(Picture.objects.values_list("attempts", flat=True)) == {0}
