from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "frontstage.portal"
    label = "portal"
