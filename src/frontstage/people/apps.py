from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "frontstage.people"
    label = "people"
