"""Live updates by asking, for where the stream cannot be reached."""

from __future__ import annotations

from django.core import signing
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from frontstage.foundation.live import listener_of, missed


@require_GET
@never_cache
def live_since(request: HttpRequest, since: int) -> JsonResponse:
    """{"events": [...], "last": id}: what the token's audiences missed after event ``since`` (0: after the
    page)."""
    try:
        listener = listener_of(request.GET.get("token", ""))
    except signing.BadSignature:
        return JsonResponse({"code": "bad_token", "events": []}, status=401)
    after = since or listener.since
    events = [event for event in missed(listener, after=after) if since or event["id"] > after]
    return JsonResponse({"events": events, "last": max([after, *(event["id"] for event in events)])})
