from __future__ import annotations

from django.urls import path

from frontstage.charters import pages

app_name = "charters"
urlpatterns = [path("", pages.charter, name="list")]
