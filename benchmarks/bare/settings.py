"""Django with nothing in it."""

from frontstage.config.settings import DATABASES, SECRET_KEY  # noqa: F401

INSTALLED_APPS: list[str] = []
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "benchmarks.bare.application"
ALLOWED_HOSTS = ["*"]
USE_TZ = True
