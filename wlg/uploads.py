"""What people have sent, served in development as the web server does it in production (deploy/nginx.conf)."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.static import serve

FOR_SAVING = "documents/"


def show(request: HttpRequest, path: str, folder: str) -> HttpResponseBase:
    """Answer with a picture, or with a document, which is offered for saving and never shown."""
    answer = serve(request, path, document_root=folder)
    if path.startswith(FOR_SAVING):
        answer["Content-Disposition"] = "attachment"
    return answer
