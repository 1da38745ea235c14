"""Signing devices on the server (USB tokens, HSMs): which ones there are, and a signer that uses one."""

import base64
import hashlib
import json
import logging
import os
import selectors
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from asn1crypto import x509
from asn1crypto.algos import DigestInfo
from django.conf import settings
from pyhanko.sign.signers import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from signing.keys.refusals import KeyRefusedError, WrongSecretError

logger = logging.getLogger("qltb.signing")
SECONDS = 30
_CHILD = Path(__file__).parent / "child" / "use_device.py"
_AGAIN = "Hãy kiểm tra thiết bị rồi thử lại, hoặc báo quản trị hệ thống."
_WRONG = {
    "PinIncorrect": "Mã PIN không đúng. Thiết bị bị khóa sau 3 lần nhập sai liên tiếp: hãy kiểm tra kỹ rồi nhập lại.",
    "PinLenRange": "Mã PIN quá ngắn hoặc quá dài so với quy định của thiết bị. Hãy kiểm tra rồi nhập lại.",
    "PinInvalid": "Mã PIN có ký tự mà thiết bị không nhận. Hãy kiểm tra rồi nhập lại.",
}
_FAULTS = {
    "PinLocked": (
        "Thiết bị ký số đã bị khóa do nhập sai mã PIN nhiều lần. "
        "Hãy mở khóa thiết bị bằng phần mềm của nhà cung cấp, hoặc liên hệ nơi cấp thiết bị."
    ),
    "PinFinalTry": (
        "Thiết bị ký số chỉ còn 1 lần nhập mã PIN trước khi bị khóa nên hệ thống không gửi mã PIN. "
        "Hãy mở khóa thiết bị bằng phần mềm của nhà cung cấp rồi ký lại."
    ),
    "PinExpired": "Mã PIN của thiết bị đã hết hạn. Hãy đổi mã PIN bằng phần mềm của thiết bị rồi ký lại.",
    "UserPinNotInitialized": "Thiết bị chưa được đặt mã PIN. Hãy khởi tạo thiết bị theo hướng dẫn của nơi cấp.",
    "NoSuchToken": "Không còn thấy thiết bị này. Hãy cắm lại thiết bị rồi tải lại trang.",
    "TokenNotPresent": "Không còn thấy thiết bị này. Hãy cắm lại thiết bị rồi tải lại trang.",
    "DeviceRemoved": "Thiết bị bị rút ra khi đang ký. Hãy cắm lại thiết bị rồi ký lại.",
}


@dataclass(frozen=True)
class Token:
    """A device: what is written on it, and whether its PIN has been tried in vain."""

    label: str
    serial: str
    model: str
    maker: str
    final_try: bool = False
    few_tries: bool = False
    locked: bool = False

    @property
    def key(self) -> str:
        """Names it in a form."""
        return f"{self.serial}:{self.label}"


def tokens() -> list[Token]:
    """The devices there are now; none where no library is set. Raises KeyRefusedError when it doesn't answer."""
    if not settings.SIGNING_PKCS11_MODULE:
        return []
    with _conversation({"module": settings.SIGNING_PKCS11_MODULE, "list": True}) as (first, _):
        return [Token(**one) for one in first["devices"]]


@contextmanager
def device_of(
    token: Token, *, choose: Callable[[Sequence[bytes]], bytes | None]
) -> Iterator[Callable[[str], "DeviceSigner"]]:
    """What makes of the PIN a signer that uses the device while the block runs. `choose` picks one of its certificates
    (DER); where it picks none the device is refused, and nobody gets to try a PIN.

    Both raise KeyRefusedError naming what is wrong and what to do; a wrong PIN is a WrongSecretError.
    """
    opening = {"module": settings.SIGNING_PKCS11_MODULE, "label": token.label, "serial": token.serial}
    with _conversation(opening) as (first, ask):
        found = {base64.b64decode(one["der"]): one["id"] for one in first["certificates"]}
        if choose(list(found)) is None:
            message = (
                "Không có chứng thư nào trong thiết bị được đăng ký cho vai trò ký này của đơn vị. "
                "Hãy đề nghị quản trị đăng ký chứng thư, hoặc chọn thiết bị khác."
            )
            raise KeyRefusedError(message, field="token", code="unregistered")

        def unlocked(pin: str) -> DeviceSigner:
            keys = ask({"pin": pin})["keys"]
            chosen = choose([der for der, key in found.items() if key in keys])
            if chosen is None:
                message = "Thiết bị không có khóa để ký kèm chứng thư đã đăng ký. Hãy chọn thiết bị khác."
                raise KeyRefusedError(message, field="token", code="no_key")
            return DeviceSigner(chosen, [der for der in found if der != chosen], found[chosen], ask)

        yield unlocked


class DeviceSigner(Signer):
    """Lets the device sign: it gets the hash, never the paper."""

    def __init__(self, certificate: bytes, others: Sequence[bytes], key: str, ask: "_Ask") -> None:
        store = SimpleCertificateStore()
        store.register_multiple(x509.Certificate.load(der) for der in others)
        super().__init__(signing_cert=x509.Certificate.load(certificate), cert_registry=store)
        self._key, self._ask = key, ask

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: FBT001, FBT002 - pyHanko's signature
        """RSA by PKCS#1 1.5 or ECDSA, over a hash made here: every device can do that."""
        assert self.signing_cert is not None  # noqa: S101 - given to __init__
        size = self.signing_cert.public_key.byte_size
        elliptic = self.signing_cert.public_key.algorithm == "ec"
        if dry_run:
            return bytes(3 * size if elliptic else size)
        digest = hashlib.new(digest_algorithm, data).digest()
        if not elliptic:
            digest = DigestInfo({"digest_algorithm": {"algorithm": digest_algorithm}, "digest": digest}).dump()
        order = {
            "id": self._key,
            "mechanism": "ECDSA" if elliptic else "RSA_PKCS",
            "data": base64.b64encode(digest).decode(),
        }
        return base64.b64decode(self._ask(order)["signature"])


_Ask = Callable[[dict[str, Any]], dict[str, Any]]


@contextmanager
def _conversation(opening: dict[str, Any]) -> Iterator[tuple[dict[str, Any], _Ask]]:
    """The first answer of the process that has the device's library, and a way to ask on. It ends with the block."""
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and script; what is asked goes by standard input
        [sys.executable, "-I", str(_CHILD)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LANG": "C.UTF-8", **{k: os.environ[k] for k in _PASSED if k in os.environ}},
    )
    assert process.stdin is not None  # noqa: S101 - a pipe was asked for
    assert process.stdout is not None  # noqa: S101 - the same
    questions, answers = process.stdin, process.stdout

    def ask(question: dict[str, Any]) -> dict[str, Any]:
        try:
            questions.write(json.dumps(question).encode() + b"\n")
            questions.flush()
        except BrokenPipeError:
            return _heard(b"")
        return _heard(_line(answers))

    try:
        yield ask(opening), ask
    finally:
        process.kill()
        questions.close()
        answers.close()
        process.wait()


_PASSED = ("LD_LIBRARY_PATH", "SOFTHSM2_CONF", "HOME")


def _line(answers: IO[bytes]) -> bytes:
    with selectors.DefaultSelector() as ready:
        ready.register(answers, selectors.EVENT_READ)
        return answers.readline() if ready.select(SECONDS) else b""


def _heard(line: bytes) -> dict[str, Any]:
    """An answer; raises the refusal that a fault means."""
    heard: dict[str, Any] = json.loads(line) if line else {"fault": "silence"}
    fault = heard.get("fault")
    if fault is None:
        return heard
    if fault in _WRONG:
        raise WrongSecretError(_WRONG[fault], field="pin", code="wrong_secret")
    if fault not in _FAULTS:
        logger.warning("signing device failed", extra={"fault": fault})
    message = _FAULTS.get(fault, f"Thiết bị ký số không trả lời hoặc báo lỗi ({fault}). {_AGAIN}")
    raise KeyRefusedError(message, field="token", code="device")
