"""Every address, module by module."""

from __future__ import annotations

from django.urls import include, path

from frontstage.config.api import api

urlpatterns = [
    path("", include("frontstage.web.urls")),
    path("", include("frontstage.portal.urls")),
    path("account/", include("allauth.urls")),
    path("desk/", include("frontstage.cases.urls")),
    path("visits/", include("frontstage.visits.urls")),
    path("customers/", include("frontstage.customers.urls")),
    path("surveys/", include("frontstage.surveys.urls")),
    path("quality/", include("frontstage.quality.urls")),
    path("satisfaction/", include("frontstage.satisfaction.urls")),
    path("initiatives/", include("frontstage.improvement.urls")),
    path("overview/", include("frontstage.reporting.urls")),
    path("charter/", include("frontstage.charters.urls")),
    path("api/v1/", api.urls),
]

handler403 = "frontstage.web.pages.refused"
handler404 = "frontstage.web.pages.missing"
handler500 = "frontstage.web.pages.failed"
