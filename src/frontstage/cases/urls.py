from __future__ import annotations

from django.urls import path

from frontstage.cases import pages

app_name = "cases"
urlpatterns = [
    path("", pages.desk, name="desk"),
    path("new/", pages.new, name="new"),
    path("new/<slug:kind>/", pages.new, name="new_of_kind"),
    path("cases/<str:number>/", pages.case, name="case"),
    path("cases/<str:number>/take/", pages.take, name="take"),
    path("cases/<str:number>/say/", pages.say, name="say"),
    path("cases/<str:number>/step/", pages.step, name="step"),
    path("cases/<str:number>/new-link/", pages.new_link, name="new_link"),
    path("cases/<str:number>/assign/", pages.assign, name="assign"),
    path("cases/<str:number>/clocks/<int:clock_id>/waive/", pages.waive, name="waive"),
    path("cases/<str:number>/files/<int:attachment_id>/", pages.attachment, name="attachment"),
]
