from __future__ import annotations

from django.urls import path

from frontstage.surveys import pages

app_name = "surveys"
urlpatterns = [
    path("s/<str:token>/", pages.answer, name="answer"),
    path("s/<str:token>/save/", pages.save, name="save"),
    path("s/<str:token>/send/", pages.send, name="send"),
    path("s/<str:token>/thanks/", pages.thanks, name="thanks"),
]
