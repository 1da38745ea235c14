"""A folder that the document system empties: packages into `out`, its status messages from `in`."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.conf import settings

from dispatch.adapters.base import DeliveryError, Parcel

OUT, IN, DONE, BAD = "out", "in", "done", "bad"
_WRITING = ".tmp"
KINDS = frozenset({".xml", ".edxml"})


class FolderAdapter:
    """Writes each package under its own name, whole or not at all: a second attempt puts the same file in its place."""

    def __init__(self) -> None:
        self.root = Path(settings.DISPATCH_FOLDER) if settings.DISPATCH_FOLDER else None

    def target(self) -> str:
        """The folder."""
        return str(self.root or "")

    def deliver(self, parcel: Parcel) -> None:
        """Written beside, forced to the disk, then renamed: nobody ever reads half of it."""
        place = self._folder(OUT) / parcel.name
        writing = place.with_name(f".{parcel.name}.{secrets.token_hex(4)}{_WRITING}")
        try:
            with _fresh(writing) as file:
                file.write(parcel.content)
                file.flush()
                os.fsync(file.fileno())
            writing.replace(place)
        finally:
            writing.unlink(missing_ok=True)
        _to_disk(place.parent)

    def check(self) -> None:
        """Whether a file can be made and taken away again."""
        probe = self._folder(OUT) / f".qltb-kiem-tra.{secrets.token_hex(4)}{_WRITING}"
        _fresh(probe).close()
        probe.unlink()

    def incoming(self) -> Iterator[Path]:
        """Messages that lie in `in`, the oldest name first; what is still being written has another ending."""
        for path in sorted(self._folder(IN).iterdir()):
            if (
                path.suffix.lower() in KINDS
                and not path.name.startswith(".")
                and path.is_file()
                and not path.is_symlink()
            ):
                yield path

    def settle(self, path: Path, *, taken: bool) -> None:
        """Put a message that was looked at aside."""
        place = self._folder(f"{IN}/{DONE if taken else BAD}") / path.name
        path.replace(place)

    def _folder(self, name: str) -> Path:
        if self.root is None:
            raise DeliveryError("Chưa khai báo thư mục trao đổi (DISPATCH_FOLDER).")
        if not self.root.is_dir():
            raise DeliveryError(f"Không thấy thư mục trao đổi {self.root}. Hãy kiểm tra ổ mạng.")
        place = self.root / name
        place.mkdir(parents=True, exist_ok=True)
        return place


def _fresh(path: Path) -> IO[bytes]:
    """A file that was not there: in a folder that others write to a name may be a link to somewhere else."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644), "wb")


def _to_disk(folder: Path) -> None:
    """Force the new name to the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
