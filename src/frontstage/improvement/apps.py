from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    name = "frontstage.improvement"
    label = "improvement"
