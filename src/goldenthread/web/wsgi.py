"""What gunicorn serves: `gunicorn goldenthread.web.wsgi`."""

from __future__ import annotations

import gc
import os
import sys

from goldenthread.web.database import provide_database

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.web.settings")
server = provide_database()

from django.core.wsgi import get_wsgi_application  # noqa: E402  (settings read the address that was just provided)
from django.urls import get_resolver  # noqa: E402

application = get_wsgi_application()

# A request asks the database a dozen short questions. After each answer its thread waits until another gives way, which
# is 5 ms by default: longer than the question took, and a hundred people saving at once would wait for that alone.
sys.setswitchinterval(0.0005)

# What is loaded by now stays for good, the pages included: without this, each full collection looks through all of it,
# for a tenth of a second, in the middle of somebody's page.
get_resolver().url_patterns  # noqa: B018
gc.collect()
gc.freeze()

# The findings of a large plan make some hundred thousand small values, none in a circle. Looked through every 700 of
# them, as Python does unless told otherwise, they took a quarter longer.
gc.set_threshold(50_000, 20, 20)
