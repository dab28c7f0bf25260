from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "frontstage.cases"
    label = "cases"
