"""Pages that belong to no module: the language switch, and what is shown when there is nothing to show."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.module_loading import import_string
from django.views.decorators.http import require_POST


def _safe_next(request: HttpRequest) -> str:
    """Where the reader was, if that is a page of ours."""
    target = request.POST.get("next") or "/"
    ours = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if ours else "/"


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language in the browser, and in the account of somebody who is signed in."""
    chosen = request.POST.get("language", "")
    answer = HttpResponseRedirect(_safe_next(request))
    if chosen not in dict(settings.LANGUAGES):
        return answer
    translation.activate(chosen)
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,  # type: ignore[arg-type]
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
    if request.user.is_authenticated:
        remember = import_string(import_module(settings.FRONTSTAGE_COMPOSITION).LANGUAGE_CHOSEN)
        remember(user=request.user, language=chosen)
    return answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "web/csrf.html", status=403)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "web/403.html", status=403)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "web/404.html", status=404)


def failed(request: HttpRequest, *_args: Any) -> HttpResponse:
    """The last resort: drawn without anything that may itself be broken (no session, no database)."""
    return HttpResponse(render_to_string("web/500.html"), status=500)
