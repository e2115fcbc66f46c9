"""The web application. Published pages are answered before Django is asked."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rohnamo.config.settings")
django_application = get_wsgi_application()

from rohnamo.portal.files import PublishedFiles  # noqa: E402 -- settings must be loaded first

application = PublishedFiles(django_application)
