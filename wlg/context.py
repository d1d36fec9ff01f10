"""What every page rendered for a request knows: the masthead."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from blog.models import Masthead


def masthead(request: HttpRequest) -> dict[str, object]:
    """Give templates `masthead`, read from the database only where a template uses it."""
    return {"masthead": SimpleLazyObject(Masthead.current)}
