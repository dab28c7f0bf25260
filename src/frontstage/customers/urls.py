from __future__ import annotations

from django.urls import path

from frontstage.customers import pages

app_name = "customers"
urlpatterns = [
    path("", pages.customer_list, name="list"),
    path("<str:number>/", pages.customer, name="customer"),
    path("<str:number>/care/", pages.care, name="care"),
]
