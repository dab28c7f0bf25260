from __future__ import annotations

from django.urls import URLPattern, path

from frontstage.web import pages

app_name = "web"
urlpatterns: list[URLPattern] = [
    path("language/", pages.language, name="language"),
]
