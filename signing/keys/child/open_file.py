"""Open a PKCS#12 file: one line of JSON in (content, password), one out (key, certificates, or what is wrong).

A file may ask for any number of rounds before its password is known to be wrong: the processor time is bound.
"""

import base64
import json
import resource
import sys

CPU_SECONDS = 8
MEMORY = 1 << 30


def opened(content: bytes, password: str) -> dict[str, object]:
    """The key with its certificates, as DER in base64, or `fault`."""
    from asn1crypto.pkcs12 import Pfx  # noqa: PLC0415 - imported once the limits are set
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - the same
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - the same
    from cryptography.hazmat.primitives.serialization import pkcs12  # noqa: PLC0415 - the same

    try:
        Pfx.load(content, strict=True).native  # noqa: B018 - read whole: is it such a file at all?
    except (ValueError, TypeError, KeyError):
        return {"fault": "not_a_key_file"}
    try:
        found = pkcs12.load_pkcs12(content, password.encode())
    except UnsupportedAlgorithm:
        return {"fault": "unsupported"}
    except ValueError:
        return {"fault": "wrong_secret"}
    if found.key is None or found.cert is None:
        return {"fault": "no_key"}
    key = found.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    certificates = [found.cert.certificate, *(one.certificate for one in found.additional_certs)]
    ders = [one.public_bytes(serialization.Encoding.DER) for one in certificates]
    return {"key": _text(key), "certificates": [_text(der) for der in ders]}


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    asked = json.loads(sys.stdin.readline())
    sys.stdout.write(json.dumps(opened(base64.b64decode(asked["content"]), asked["password"])) + "\n")
