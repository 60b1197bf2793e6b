"""The WSGI application that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "candour.config.settings")
application = get_wsgi_application()

# What is loaded for good, every page among it, is set apart: the collector would walk all of it while somebody waits.
get_resolver().url_patterns  # noqa: B018  reading them imports the pages
gc.collect()
gc.freeze()
