#!/usr/bin/env python
"""Run a management command, with the data folder's own servers unless DATABASE_URL and REDIS_URL name others."""

import os
import sys


def main() -> None:
    """Complete the environment, then let Django run the command."""
    from django.core.management import execute_from_command_line

    from qltb.services import ServiceError, provide_environment

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
