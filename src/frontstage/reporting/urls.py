from __future__ import annotations

from django.urls import path

from frontstage.reporting import pages

app_name = "reporting"
urlpatterns = [
    path("", pages.overview, name="overview"),
    path("promises/", pages.clocks, name="clocks"),
]
