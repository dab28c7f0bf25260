"""Every setting of the program. docs/reference/settings.md lists what the environment may change."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from frontstage.config import environment
from frontstage.foundation.home import home

BASE_DIR = Path(__file__).resolve().parent.parent

# production | demonstration | test. Production takes nothing for granted; the other two run on loopback.
MODE = environment.text("FRONTSTAGE_MODE", "production")
if MODE not in {"production", "demonstration", "test"}:
    raise ImproperlyConfigured(f"FRONTSTAGE_MODE={MODE!r}: use production, demonstration or test.")
PRODUCTION = MODE == "production"
DEBUG = False

SECRET_KEY = environment.text(
    "FRONTSTAGE_SECRET_KEY", None if PRODUCTION else "only-for-demonstration-and-tests-" + "0123456789" * 3
)
ALLOWED_HOSTS = environment.words("FRONTSTAGE_HOSTS", "" if PRODUCTION else "*")
CSRF_TRUSTED_ORIGINS = environment.words("FRONTSTAGE_ORIGINS")
# Where live events are streamed; empty: same origin, /live/ (a reverse proxy sends it to the live process).
LIVE_URL = environment.text("FRONTSTAGE_LIVE_URL", "")

INSTALLED_APPS = [
    "frontstage.portal",
    "frontstage.charters",
    "frontstage.reporting",
    "frontstage.improvement",
    "frontstage.satisfaction",
    "frontstage.quality",
    "frontstage.surveys",
    "frontstage.visits",
    "frontstage.cases",
    "frontstage.commitments",
    "frontstage.customers",
    "frontstage.people",
    "frontstage.web",
    "frontstage.foundation",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "frontstage.people.middleware.LanguageOfUserMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "frontstage.web.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "frontstage.config.urls"
WSGI_APPLICATION = "frontstage.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
                "frontstage.web.context.shell",
            ],
            "builtins": ["frontstage.web.templatetags.frontstage"],
        },
    }
]
FORM_RENDERER = "frontstage.web.forms.TablerRenderer"


def _database(url: str) -> dict[str, object]:
    """DATABASE_URL as Django's settings; a folder as host (unix socket) is written percent-encoded or ?host=."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured(
            f"DATABASE_URL must begin with postgresql://, not {parts.scheme}://. "
            "Frontstage runs on PostgreSQL 15 or newer only."
        )
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            **options,
            "pool": {
                "min_size": 1,
                "max_size": int(environment.text("FRONTSTAGE_POOL", "8")),
                "timeout": 20,
            },
        },
    }


# The program starts its own server and sets DATABASE_URL when it is not set (foundation/embedded).
DATABASES = {"default": _database(environment.text("DATABASE_URL", "postgresql:///frontstage"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "frontstage_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:after_sign_in"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "frontstage.people.adapter.AccountAdapter"
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Frontstage"
USERSESSIONS_TRACK_ACTIVITY = True
ALLAUTH_TRUSTED_PROXY_COUNT = int(environment.text("FRONTSTAGE_TRUSTED_PROXIES", "0"))

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
# The organisation's zone; the database holds UTC.
TIME_ZONE = environment.text("FRONTSTAGE_TIME_ZONE", "Asia/Shanghai")

# Served by the web server itself from web/static (built files are committed).
STATIC_URL = "/static/"
STATIC_FOLDER = BASE_DIR / "web" / "static"
# Attachments lie outside the web root and are served by permission only.
MEDIA_ROOT = Path(environment.text("FRONTSTAGE_FILES", str(home() / "files")))
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF, "data:"],
        "connect-src": [SELF, *([LIVE_URL] if LIVE_URL else [])],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# HTTPS is a matter of course in production; only loopback does without.
HTTPS = environment.flag("FRONTSTAGE_HTTPS", default=PRODUCTION)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https")
    if environment.flag("FRONTSTAGE_BEHIND_PROXY", default=False)
    else None
)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_ENGINE = "django.contrib.sessions.backends.db"
CSRF_FAILURE_VIEW = "frontstage.web.pages.csrf_failure"

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if environment.text("FRONTSTAGE_MAIL_HOST", "")
    else "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST = environment.text("FRONTSTAGE_MAIL_HOST", "")
DEFAULT_FROM_EMAIL = environment.text("FRONTSTAGE_MAIL_FROM", "service@example.org")

PROCRASTINATE_ON_APP_READY = "frontstage.config.tasks.on_app_ready"
FRONTSTAGE_COMPOSITION = "frontstage.config.composition"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": environment.text("FRONTSTAGE_LOG", "WARNING")},
}
