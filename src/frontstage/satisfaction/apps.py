from django.apps import AppConfig


class SatisfactionConfig(AppConfig):
    name = "frontstage.satisfaction"
    label = "satisfaction"
