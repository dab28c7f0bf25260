from __future__ import annotations

from django.urls import path

from frontstage.portal import pages

app_name = "portal"
urlpatterns = [
    path("", pages.home, name="home"),
    path("welcome/", pages.after_sign_in, name="after_sign_in"),
    path("report/<slug:kind>/", pages.report, name="report"),
    path("my/", pages.my_cases, name="my_cases"),
    path("c/<str:token>/", pages.case, name="case"),
    path("c/<str:token>/say/", pages.say, name="say"),
    path("c/<str:token>/step/", pages.step, name="step"),
    path("c/<str:token>/files/<int:attachment_id>/", pages.attachment, name="attachment"),
]
