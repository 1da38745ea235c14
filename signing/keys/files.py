"""A signer made of an uploaded PKCS#12 file and its password, for one signature."""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from asn1crypto import keys, x509
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from signing.keys.refusals import KeyRefusedError, WrongSecretError

MAX_FILE = 64 * 1024
"""Bytes: a key with a long chain has ten thousand."""
SECONDS = 15
_CHILD = Path(__file__).parent / "child" / "open_file.py"
_WORDS = {
    "not_a_key_file": "Tệp không phải tệp chứng thư số (.p12, .pfx). Hãy chọn đúng tệp do nơi cấp chứng thư gửi.",
    "unsupported": "Tệp được mã hóa theo cách quá cũ nên không mở được. Hãy xuất lại tệp .p12 với mã hóa AES-256.",
    "no_key": "Tệp không chứa khóa bí mật kèm chứng thư. Hãy xuất lại tệp .p12, chọn “kèm khóa bí mật”.",
    "no_time": "Không mở được tệp trong thời gian cho phép. Hãy xuất lại tệp .p12 rồi thử lại.",
}


def file_signer(content: bytes, password: str) -> SimpleSigner:
    """Raises WrongSecretError, or KeyRefusedError for a file that can't be used; both name the field."""
    if len(content) > MAX_FILE:
        message = f"Tệp chứng thư số nặng quá {MAX_FILE // 1024} KB. Hãy chọn đúng tệp .p12 hoặc .pfx."
        raise KeyRefusedError(message, field="key_file", code="too_big")
    seen = _opened(content, password)
    if seen.get("fault") == "wrong_secret":
        message = "Mật khẩu của tệp chứng thư không đúng, hoặc tệp đã hỏng. Hãy nhập lại mật khẩu."
        raise WrongSecretError(message, field="password", code="wrong_secret")
    if fault := seen.get("fault"):
        raise KeyRefusedError(_WORDS[fault], field="key_file", code=fault)
    own, *others = (x509.Certificate.load(base64.b64decode(der)) for der in seen["certificates"])
    store = SimpleCertificateStore()
    store.register_multiple(others)
    return SimpleSigner(own, keys.PrivateKeyInfo.load(base64.b64decode(seen["key"])), store)


def _opened(content: bytes, password: str) -> dict[str, Any]:
    asked = json.dumps({"content": base64.b64encode(content).decode(), "password": password})
    try:
        run = subprocess.run(  # noqa: S603 - our own interpreter and script; the file is its standard input
            [sys.executable, "-I", str(_CHILD)],
            input=asked.encode() + b"\n",
            capture_output=True,
            timeout=SECONDS,
            check=True,
            env={"LANG": "C.UTF-8", **{k: os.environ[k] for k in ("LD_LIBRARY_PATH",) if k in os.environ}},
        )
    except subprocess.SubprocessError:
        return {"fault": "no_time"}
    seen: dict[str, Any] = json.loads(run.stdout)
    return seen
