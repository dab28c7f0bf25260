from __future__ import annotations

from django.urls import path

from frontstage.satisfaction import pages

app_name = "satisfaction"
urlpatterns = [
    path("", pages.index, name="index"),
    path("compute/", pages.compute, name="compute"),
    path("answers/", pages.answers, name="answers"),
    path("runs/<int:run_id>/answers.csv", pages.answers_csv, name="answers_csv"),
    path("runs/<int:run_id>/model.yaml", pages.model_yaml, name="model_yaml"),
    path("runs/<int:run_id>/report.<str:ending>", pages.report, name="report"),
]
