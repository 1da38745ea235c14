"""A process that sends, to be killed: `python -m tests.notices.sender PORT`."""

import sys

import django

django.setup()

from django.conf import settings  # noqa: E402 - after the setup

from notices import actions  # noqa: E402
from tests.notices.mailbox import HERE  # noqa: E402

if __name__ == "__main__":
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = HERE, int(sys.argv[1])
    actions.send()
