"""One view, one INSERT; its table is made by the benchmark."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.urls import path

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.bare.settings"


def insert(request: HttpRequest) -> JsonResponse:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bare_row (body) VALUES (%s) RETURNING id", [request.body.decode()])
        (row,) = cursor.fetchone()
    return JsonResponse({"id": row}, status=201)


urlpatterns = [path("", insert)]
application = get_wsgi_application()
