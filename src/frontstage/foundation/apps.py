from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "frontstage.foundation"
    label = "foundation"
