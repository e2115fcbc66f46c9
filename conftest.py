"""Every test runs in a home folder of its own, never in the one somebody works with."""

import os
import tempfile

os.environ["ROHNAMO_HOME"] = tempfile.mkdtemp(prefix="rohnamo-test-")
