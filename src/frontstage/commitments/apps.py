from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "frontstage.commitments"
    label = "commitments"
