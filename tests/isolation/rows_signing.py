"""Rows of the access matrix: signing."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from signing.actions.links import download_name
from signing.queries import file_of
from tests.isolation.country import Country
from tests.isolation.expected import (
    EVERYBODY,
    LOGGED_IN,
    Expected,
    Row,
    everyone,
    keeps_catalogue,
    record,
    records,
    see,
)
from tests.isolation.holdings_signing import drawn
from tests.signing import pki
from tests.signing.helpers import signed_outside
from tests.world import pdf_file


def _of(name: str, *more: Any) -> Callable[[Country], list[Any]]:
    return lambda country: [country.middle.more[name].public_id, *more]


def _authority(country: Country) -> list[Any]:
    return [country.shared["authority"].public_id]


def _file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def _register(status: int) -> Expected:
    """The register of signers: admins, of the unit or above it."""
    return {**see(403), **dict.fromkeys(("admin2", "admin1"), status)}


def _registers(status: int) -> Expected:
    """The same, on units of their own."""
    return {**everyone(403), **dict.fromkeys(("admin2", "other_admin2", "admin1"), status)}


def _key_file(_: Country) -> dict[str, Any]:
    return {"step": "preparer", "key_file": _file("khoa.p12", pki.preparer().p12()), "password": pki.PASSWORD}


def _signed(country: Country) -> dict[str, Any]:
    signed = signed_outside(file_of(country.middle.more["paper"]), pki.preparer())
    return {"step": "preparer", "signed_file": _file("da-ky.pdf", signed)}


def _certificate(country: Country) -> dict[str, Any]:
    one = pki.issue("Người mới", by=pki.intermediate())
    return {"unit": country.middle.unit.pk, "step": "seal", "file": _file("moi.cer", one.der)}


ROWS: dict[str, Row] = {
    "signing:list": Row(get=LOGGED_IN),
    "signing:detail": Row(args=_of("paper"), get=see()),
    "signing:file": Row(args=_of("paper", 0), get=see()),
    "signing:look": Row(args=_of("paper"), get=see(), post=see(), data=lambda _: {"file": pdf_file("văn bản.pdf")}),
    "signing:sign_file": Row(args=_of("paper"), get=record(200), post=record(302), data=_key_file),
    # No device is plugged in.
    "signing:sign_device": Row(args=_of("paper"), get=record(200), post=record(422)),
    "signing:sign_outside": Row(args=_of("paper"), get=record(200), post=record(302), data=_signed),
    "signing:link_issue": Row(args=_of("paper"), post=record(200)),
    "signing:link_revoke": Row(args=_of("paper"), post=record(302)),
    # Whoever has the secret of a link; nobody without one.
    "signing:fetch": Row(args=lambda country: [download_name(country.middle.more["link"])], get=EVERYBODY),
    "signing:take": Row(post={**everyone(403), "anonymous": 403}),
    "signers:list": Row(get=LOGGED_IN),
    "signers:detail": Row(args=_of("signer"), get=see()),
    "signers:create": Row(
        get=_registers(200),
        post={**everyone(403), "admin2": 302, "other_admin2": 422, "admin1": 302},
        data=_certificate,
    ),
    "signers:switch": Row(
        args=_of("signer"), get=_register(200), post=_register(302), data=lambda _: {"reason": "Nghỉ hưu"}
    ),
    "signatures:list": Row(get=LOGGED_IN),
    "signatures:detail": Row(args=_of("image"), get=see()),
    "signatures:file": Row(args=_of("image"), get=see()),
    "signatures:create": Row(
        get=records(200),
        post={**everyone(403), "business": 302, "peer": 422, "below": 422},
        data=lambda country: {
            "unit": country.middle.unit.pk,
            "step": "seal",
            "name": "Dấu",
            "width_mm": "35",
            "file": drawn("#c8102e"),
        },
    ),
    "signatures:retire": Row(args=_of("image"), get=record(200), post=record(302)),
    "trust:list": Row(get=keeps_catalogue(200)),
    "trust:create": Row(
        get=keeps_catalogue(200),
        post=keeps_catalogue(302),
        data=lambda _: {"name": "", "file": _file("goc.cer", pki.foreign_root().der)},
    ),
    "trust:revocations": Row(
        get=keeps_catalogue(200),
        post=keeps_catalogue(302),
        data=lambda _: {"file": _file("thu-hoi.crl", pki.revocations(pki.root()))},
    ),
    "trust:detail": Row(args=_authority, get=keeps_catalogue(200)),
    "trust:switch": Row(
        args=_authority,
        get=keeps_catalogue(200),
        post=keeps_catalogue(302),
        data=lambda _: {"reason": "Thay gốc mới"},
    ),
}
