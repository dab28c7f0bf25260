from __future__ import annotations

from django.urls import path

from frontstage.visits import pages

app_name = "visits"
urlpatterns = [
    path("", pages.my_day, name="my_day"),
    path("<int:visit_id>/", pages.visit, name="visit"),
    path("<int:visit_id>/step/", pages.step, name="step"),
    path("<int:visit_id>/send/", pages.send, name="send"),
    path("<int:visit_id>/cancel/", pages.cancel, name="cancel"),
    path("case/<str:number>/plan/", pages.plan, name="plan"),
    path("inspections/", pages.inspection_list, name="inspections"),
    path("inspections/<int:plan_id>/", pages.plan_inspection, name="plan_inspection"),
]
