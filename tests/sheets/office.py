"""Files of LibreOffice: what users send is not only what our own libraries write."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

SECONDS = 120


def convert(path, kind, *, infilter=""):
    """`path` in the format `kind` ("ods", "xls", "xlsx", "csv", "pdf"), in the same folder."""
    return convert_all([path], kind, infilter=infilter)[0]


def convert_all(paths, kind, *, options="", infilter=""):
    """Several files by one start of the program, which takes seconds; `options` as in --convert-to "csv:filter:…".

    `infilter` tells how to read, as --infilter does: "CSV:44,34,76" for commas, quotes, UTF-8.
    """
    paths = [Path(path) for path in paths]
    profile = tempfile.mkdtemp(prefix="qltb-office-")
    folder = paths[0].parent
    try:
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen(
                [
                    "soffice",
                    f"-env:UserInstallation=file://{profile}",
                    "--headless",
                    "--norestore",
                    *([f"--infilter={infilter}"] if infilter else []),
                    "--convert-to",
                    f"{kind}{options}",
                    "--outdir",
                    str(folder),
                    *map(str, paths),
                ],
                stdout=said,
                stderr=said,
                start_new_session=True,  # it starts a program of its own, which must end with it
            )
            try:
                process.wait(SECONDS)
            finally:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()
            made = [folder / f"{path.stem}.{kind}" for path in paths]
            said.seek(0)
            missing = [path.name for path in made if not path.is_file()]
            assert not missing, f"LibreOffice made no {missing}: {said.read().decode(errors='replace')}"
    finally:
        shutil.rmtree(profile, ignore_errors=True)
    return made
