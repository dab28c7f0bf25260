from django.apps import AppConfig


class ChartersConfig(AppConfig):
    name = "frontstage.charters"
    label = "charters"
