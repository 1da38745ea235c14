"""Settings of the tests: the real servers, small costs."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests-9f1d0c2b7a6e4f3d8c5b1a0e9d7c6f4b")
os.environ["DATABASE_ROLE"] = ""  # test code writes as the owner; requests go behind the wall like everybody's

from qltb.settings import *
from qltb.settings import ACCOUNT_RATE_LIMITS, DATABASES, STORAGES

DATABASES["default"]["OPTIONS"].pop("pool")
DATABASES["default"]["TEST"] = {"NAME": "test_qltb"}
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
# Argon2 as in production, with the smallest cost it takes: hundreds of logins in a run.
PASSWORD_HASHERS = ["tests.hashers.CheapArgon2"]
ACCOUNT_RATE_LIMITS = {**ACCOUNT_RATE_LIMITS, "login": "10000/m/ip"}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LOGGING["root"]["level"] = "WARNING"
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True  # static files straight from their folders
