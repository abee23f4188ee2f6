"""The settings of the product as a test run sees them: a made-up environment first, then the real settings file."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# What the developer's own shell holds must not decide a test; only the database under test may be chosen from outside.
chosen_database = os.environ.get("ZICHT_TEST_DATABASE_URL", "")
for name in [name for name in os.environ if name.startswith("ZICHT_")]:
    del os.environ[name]

data_folder = tempfile.mkdtemp(prefix="zicht-test-")
(Path(data_folder) / "static").mkdir()  # nothing is collected into it, but whitenoise looks for it
atexit.register(shutil.rmtree, data_folder, ignore_errors=True)

os.environ.update(
    {
        "ZICHT_SECRET_KEY": "made-up secret of the tests, of no use anywhere else",
        "ZICHT_HOSTS": "localhost,127.0.0.1,testserver",
        "ZICHT_DATA": data_folder,
        "ZICHT_HTTPS": "no",
        "ZICHT_REQUIRE_SECOND_FACTOR": "yes",
    }
)
if chosen_database:
    os.environ["ZICHT_DATABASE_URL"] = chosen_database

from zicht.site.settings import *  # noqa: E402, F403
from zicht.site.settings import STORAGES as _STORAGES  # noqa: E402

# Put back for the workers of pytest-xdist, which start from this environment and read this file again.
if chosen_database:
    os.environ["ZICHT_TEST_DATABASE_URL"] = chosen_database

# Nothing is collected before a test run, so files are served under their own names.
STORAGES = {**_STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# A slow hash protects real passwords; here it would only make every login of the cast slow.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
