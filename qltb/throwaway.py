"""
Runs a command with servers of its own that are gone afterwards: python -m qltb.throwaway COMMAND...

The data lives in a temporary folder and is written without waiting for the disk. Servers that DATABASE_URL or
REDIS_URL name are used as they are.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from qltb.services import ensure, is_set
from qltb.state import ServiceError, secret_key


def main(command: list[str]) -> int:
    """Run the command; return its exit code."""
    folder = Path(tempfile.mkdtemp(prefix="qltb-test."))
    # Registered first, so called last: after the servers have stopped.
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "static").mkdir()  # tests take static files from their sources; WhiteNoise wants its folder
    env = os.environ | {"QLTB_VAR": str(folder)}
    env.pop("DJANGO_SETTINGS_MODULE", None)  # set by the import of this package; tests have settings of their own
    if not is_set("SECRET_KEY"):
        env["SECRET_KEY_FILE"] = str(secret_key(folder))
    try:
        env |= ensure(folder, durable=False)
    except ServiceError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    try:
        return subprocess.run(command, env=env, check=False).returncode  # noqa: S603 - the command is the caller's
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
