"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from candour.config.loaded import set_apart

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "candour.config.settings")
application = get_wsgi_application()

from candour.config.demo.only import only_the_demo  # noqa: E402  asks a database, so after Django is set up

only_the_demo()
set_apart()
