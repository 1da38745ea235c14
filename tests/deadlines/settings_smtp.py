"""Settings of a worker whose mail goes to a real server."""

import os

from qltb.settings_test import *  # noqa: F403 - settings over settings

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", int(os.environ["TEST_SMTP_PORT"])
NOTICE_QUIET_MINUTES = 0
