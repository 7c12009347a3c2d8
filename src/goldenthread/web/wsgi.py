"""What gunicorn serves: `gunicorn goldenthread.web.wsgi`."""

from __future__ import annotations

import os

from goldenthread.web.database import provide_database

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.web.settings")
server = provide_database()

from django.core.wsgi import get_wsgi_application  # noqa: E402  (settings read the address that was just provided)

application = get_wsgi_application()
