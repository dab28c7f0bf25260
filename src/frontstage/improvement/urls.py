from __future__ import annotations

from django.urls import path

from frontstage.improvement import pages

app_name = "improvement"
urlpatterns = [
    path("", pages.board, name="board"),
    path("open/", pages.open_one, name="open"),
    path("<int:initiative_id>/", pages.initiative, name="initiative"),
    path("<int:initiative_id>/step/", pages.step, name="step"),
]
