"""The web process: pages and REST as plain synchronous Django."""

import os

from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from frontstage.config import environment
from frontstage.foundation.lifeline import hold_on

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontstage.config.settings")
hold_on()
application = get_wsgi_application()
if environment.flag("FRONTSTAGE_BEHIND_PROXY", default=False):
    # The client's address is the one that a trusted proxy says it is; a stranger's header counts for nothing.
    application = wrap_wsgi_with_proxy_headers(
        application, trusted_hosts=environment.words("FRONTSTAGE_PROXY_ADDRESSES", "127.0.0.1,::1")
    )
