from __future__ import annotations

from django.urls import URLPattern, path

from frontstage.web import pages
from frontstage.web.health import healthz
from frontstage.web.live import live_since

app_name = "web"
urlpatterns: list[URLPattern] = [
    path("language/", pages.language, name="language"),
    path("healthz", healthz, name="healthz"),
    path("live/since/<int:since>", live_since, name="live_since"),
]
