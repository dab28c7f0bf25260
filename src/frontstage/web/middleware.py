"""Refusals as pages: one handler for the whole site."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from frontstage.foundation.errors import Refusal


class RefusalMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A Refusal becomes a page, or for htmx a notice in the page, with the refusal's status."""
        if not isinstance(error, Refusal):
            return None
        htmx = getattr(request, "htmx", None)
        if htmx and not htmx.boosted:
            answer = render(request, "web/notice.html", {"refusal": error}, status=error.status)
            answer["HX-Retarget"] = "#notices"
            answer["HX-Reswap"] = "beforeend"
            return answer
        return render(request, "web/refusal.html", {"refusal": error}, status=error.status)
