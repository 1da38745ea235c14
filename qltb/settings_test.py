"""Settings of the tests: the real servers, small costs."""

import os
from urllib.parse import urlsplit

os.environ.setdefault("SECRET_KEY", "only-for-tests-9f1d0c2b7a6e4f3d8c5b1a0e9d7c6f4b")
os.environ["DATABASE_ROLE"] = ""  # test code writes as the owner; requests go behind the wall like everybody's

from qltb.settings import *
from qltb.settings import ACCOUNT_RATE_LIMITS, CACHES, DATABASES, REDIS_URL, STORAGES

# Each process of a parallel run has a queue and a cache of its own, as it has a database: a worker that a test starts
# would take up the jobs of another's.
_number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
REDIS_URL = CELERY_BROKER_URL = urlsplit(REDIS_URL)._replace(path=f"/{_number + 1}").geturl()
CACHES["default"]["LOCATION"] = REDIS_URL
DATABASES["default"]["OPTIONS"].pop("pool")
DATABASES["default"]["TEST"] = {"NAME": "test_qltb"}
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
# Argon2 as in production, with the smallest cost it takes: hundreds of logins in a run.
PASSWORD_HASHERS = ["tests.hashers.CheapArgon2"]
ACCOUNT_RATE_LIMITS = {**ACCOUNT_RATE_LIMITS, "login": "10000/m/ip"}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LOGGING["root"]["level"] = "WARNING"
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True  # static files straight from their folders
