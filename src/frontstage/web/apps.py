from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "frontstage.web"
    label = "web"
