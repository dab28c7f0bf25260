from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "frontstage.quality"
    label = "quality"
