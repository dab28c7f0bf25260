"""The REST interface: one OpenAPI 3.1 document, one way to sign in, one form for every refusal."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from frontstage import __version__
from frontstage.cases.api import router as cases
from frontstage.foundation.errors import Refusal
from frontstage.people.api import TokenAuth

api = NinjaAPI(title="Frontstage", version=__version__, auth=TokenAuth(), urls_namespace="api", docs_url=None)
api.add_router("/cases", cases)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """problem+json (RFC 9457) with our stable code, the field at fault and whether a retry may help."""
    problem = {
        "type": "about:blank",
        "title": str(refusal),
        "status": refusal.status,
        "code": refusal.code,
        "field": refusal.field,
        "retry": refusal.retry,
    }
    response = api.create_response(request, problem, status=refusal.status)
    response["Content-Type"] = "application/problem+json"
    return response
