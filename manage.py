#!/usr/bin/env python
"""Run a management command, on the data folder's servers unless DATABASE_URL and REDIS_URL name others."""

import os
import sys

from django.core.management import execute_from_command_line

from qltb.services import provide_environment
from qltb.state import ServiceError


def main() -> None:
    """Complete the environment, then let Django run the command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qltb.settings")
    # Commands own the tables; only what serves people takes the role that row-level security binds.
    os.environ.setdefault("DATABASE_ROLE", "")
    try:
        provide_environment()
    except ServiceError as error:
        sys.exit(str(error))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
