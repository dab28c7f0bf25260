from __future__ import annotations

from django.urls import path

from frontstage.quality import pages

app_name = "quality"
urlpatterns = [
    path("", pages.gaps, name="gaps"),
    path("answers/", pages.answers, name="answers"),
]
