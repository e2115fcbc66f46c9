"""Loaded by pytest before anything else: every test run has a home folder of its own, never the one of somebody's work.

A conftest would come too late: the settings are read, and the home with them, before conftests are.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

HOME = tempfile.mkdtemp(prefix="rohnamo-test-")
os.environ["ROHNAMO_HOME"] = HOME
# Hashed names need a collected folder; tests read the sources.
os.environ["ROHNAMO_STATIC_STORAGE"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
# A browser driven by playwright keeps an event loop in the test's thread; Django's ORM is used beside it on purpose.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
Path(HOME, "static").mkdir()
atexit.register(shutil.rmtree, HOME, ignore_errors=True)

from rohnamo.core.keys import make_rings  # noqa: E402 -- the home must be known first

make_rings()
