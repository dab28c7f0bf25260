from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "frontstage.visits"
    label = "visits"
