"""The door of the web server: kept public pages first, then the framework."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "donghanh.config.settings")

_framework = get_wsgi_application()

# Imported once the framework has started: what it needs of it is not there before.
from donghanh.lib.public import Front  # noqa: E402

application = Front(_framework, proxied=settings.PROXY)
