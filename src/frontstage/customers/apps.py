from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "frontstage.customers"
    label = "customers"
