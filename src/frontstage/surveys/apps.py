from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "frontstage.surveys"
    label = "surveys"
