"""
Backups from the command line: script/backup and script/restore call this.

    python -m qltb.keeping backup FOLDER [--keep N]      a new backup in FOLDER
    python -m qltb.keeping restore BACKUP                 into an empty database
    python -m qltb.keeping check BACKUP                   whether its files are whole
    python -m qltb.keeping hand-over FOLDER               all data in open formats
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

import django

from qltb.services import provide_environment
from qltb.state import ServiceError


def main(arguments: list[str]) -> int:
    """Run one of them; 1 with the reason on the error stream when it refuses."""
    asked = _parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qltb.settings")
    os.umask(0o077)  # what is written holds everything: for its owner alone
    os.environ["DATABASE_ROLE"] = ""  # the operator's commands own the tables
    try:
        provide_environment()
    except ServiceError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    django.setup()
    from qltb.keeping.parts import KeepingError  # noqa: PLC0415 - settings are there only now

    began = time.monotonic()
    try:
        said = _do(asked)
    except KeepingError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{said} ({time.monotonic() - began:.1f} s)\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="qltb.keeping", description="Backups, restoring, handing data over.")
    commands = parser.add_subparsers(dest="command", required=True)
    backup = commands.add_parser("backup", help="make a backup in a new folder")
    backup.add_argument("folder", type=Path, help="where backups are kept")
    backup.add_argument("--keep", type=int, default=0, help="delete all but so many of the latest (0: none)")
    for name, told in (("restore", "restore into an empty database"), ("check", "check the files of a backup")):
        commands.add_parser(name, help=told).add_argument("folder", type=Path, help="a backup")
    over = commands.add_parser("hand-over", help="write all data in open formats")
    over.add_argument("folder", type=Path, help="where the new folder is made")
    return parser


def _do(asked: argparse.Namespace) -> str:
    from qltb.keeping import handing_over, making, parts, restoring  # noqa: PLC0415 - models are there only now

    folder: Path = asked.folder.absolute()
    if asked.command == "backup":
        return f"Backup written to {making.make_backup(folder, keep=asked.keep)}"
    if asked.command == "restore":
        manifest = restoring.restore_backup(folder)
        rows = sum(manifest.tables.values())
        return f"Restored {rows} rows and {manifest.documents} files; tables, books and documents are as they were kept"
    if asked.command == "check":
        parts.check_files(folder, parts.Manifest.read(folder))
        return f"{folder} is whole"
    return f"All data written to {handing_over.hand_over(folder)}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
