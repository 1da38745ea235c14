"""The process that reads an untrusted spreadsheet: little memory, little time, no Django, no secrets.

Run by `core.sheets.reading` with the file as standard input; the normalised copy, or the reason why there is none, is
its standard output.
"""

import resource
import sys
import tempfile
from typing import IO, BinaryIO

from core.sheets import delimited, excel, ods, sniffing
from core.sheets.copying import Copy, write_head
from core.sheets.limits import CPU_SECONDS, MAX_COPY, MEMORY
from core.sheets.refusals import RefusedError

_READERS = {"xlsx": excel.read_xlsx, "xls": excel.read_xls, "ods": ods.read, "csv": delimited.read}


def limit() -> None:
    """Bind this process: a file that asks for more ends it."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_COPY, MAX_COPY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(file: BinaryIO, output: IO[bytes]) -> None:
    """Read `file` and write its normalised copy."""
    with tempfile.TemporaryFile() as body:
        try:
            copy = Copy(body)
            _READERS[sniffing.kind_of(file)](file, copy)
            copy.finish(output)
        except RefusedError as refusal:
            write_head(output, {"refused": refusal.code, "named": refusal.named})
        except MemoryError:
            write_head(output, {"refused": "too_complex", "named": {}})
    output.flush()


if __name__ == "__main__":
    limit()
    main(sys.stdin.buffer, sys.stdout.buffer)
