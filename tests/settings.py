"""The program's settings as tests see them: mode test, a throw-away home, no connection pool, cheap
passwords.

pytest-django reads settings before any conftest, so what must be in the environment by then is put there
here.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# One folder for a whole run: the controller makes it, the workers inherit its name.
if "FRONTSTAGE_TEST_FOLDER" not in os.environ:
    os.environ["FRONTSTAGE_TEST_FOLDER"] = tempfile.mkdtemp(prefix="frontstage-tests-")
    atexit.register(shutil.rmtree, os.environ["FRONTSTAGE_TEST_FOLDER"], ignore_errors=True)
RUN_FOLDER = Path(os.environ["FRONTSTAGE_TEST_FOLDER"])
RUN_FOLDER.chmod(0o711)
os.environ["FRONTSTAGE_MODE"] = "test"
os.environ["FRONTSTAGE_HOME"] = str(RUN_FOLDER / os.environ.get("PYTEST_XDIST_WORKER", "main"))
# Somebody's own database must never be taken for the tests'; the right one is named by the fixture.
os.environ["DATABASE_URL"] = "postgresql://frontstage@:5432/none"

from frontstage.config.settings import *  # noqa: E402, F403
from frontstage.config.settings import DATABASES  # noqa: E402

DATABASES["default"]["OPTIONS"].pop("pool")  # type: ignore[attr-defined]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
