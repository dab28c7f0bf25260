from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "frontstage.reporting"
    label = "reporting"
