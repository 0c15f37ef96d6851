"""The WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tten.settings")
os.environ.setdefault("DATABASE_ROLE", "web")
application = get_wsgi_application()
