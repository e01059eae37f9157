"""The WSGI application that `acuse serve` runs."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "acuse.project.settings")  # noqa: TID251
application = get_wsgi_application()
