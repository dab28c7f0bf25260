"""The web process: pages and REST as plain synchronous Django."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontstage.config.settings")
application = get_wsgi_application()
