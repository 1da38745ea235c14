"""ClamAV, where a site runs it: the file goes to clamd over its socket (INSTREAM), clamd says what it found."""

import socket
from typing import IO

SECONDS = 60
_CHUNK = 1 << 16


def virus_in(file: IO[bytes], address: str) -> str:
    """The name of what clamd found in `file`, or the empty string.

    `address` is the path of a Unix socket or host:port. Raises OSError if clamd is away or gives no verdict.
    """
    with _connect(address) as clamd:
        clamd.sendall(b"zINSTREAM\0")
        while chunk := file.read(_CHUNK):
            clamd.sendall(len(chunk).to_bytes(4, "big") + chunk)
        clamd.sendall(bytes(4))
        answer = b""
        while part := clamd.recv(_CHUNK):
            answer += part
    verdict = answer.rstrip(b"\0").decode(errors="replace").strip().removeprefix("stream: ")
    if verdict == "OK":
        return ""
    if verdict.endswith(" FOUND"):
        return verdict.removesuffix(" FOUND")
    raise OSError(f"clamd: {verdict[:200] or 'no answer'}")


def _connect(address: str) -> socket.socket:
    if address.startswith("/"):
        clamd = socket.socket(socket.AF_UNIX)
        clamd.settimeout(SECONDS)
        try:
            clamd.connect(address)
        except OSError:
            clamd.close()
            raise
        return clamd
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=SECONDS)
