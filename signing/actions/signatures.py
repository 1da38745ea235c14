"""Signing: with a key file, with a device on the server, or by a file that was signed outside."""

import hashlib
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import Signer
from pyhanko.sign.timestamps import TimestampRequestError
from pyhanko_certvalidator.errors import PathError, PathValidationError

from accounts.models import User
from core.errors import DomainError
from signing.actions.accepting import accept
from signing.actions.papers import held, require_turn
from signing.actions.tries import counted
from signing.checking import holder_of
from signing.keys import Token, device_of, file_signer
from signing.models import Paper, SignatureImage, SignerCertificate
from signing.pdf.looks import Look, Picture
from signing.pdf.making import sign
from signing.queries.findings import trust
from signing.queries.papers import file_of
from signing.rules import Step, Way


@transaction.atomic
def sign_with_file(
    paper: Paper, *, step: Step, key_file: bytes, password: str, picture: SignatureImage | None, by: User
) -> Paper:
    """Sign with an uploaded PKCS#12 file, which is used once and kept nowhere.

    Raises DomainError for a turn that is over, a wrong password (WrongSecretError), a key that may not sign.
    """
    paper = held(paper)
    require_turn(paper, step)
    with counted(f"file:{by.pk}", field="password"):
        signer = file_signer(key_file, password)
    return _sign(paper, step=step, signer=signer, picture=picture, way=Way.FILE, by=by, field="key_file")


@transaction.atomic
def sign_with_device(
    paper: Paper, *, step: Step, token: Token, pin: str, picture: SignatureImage | None, by: User
) -> Paper:
    """Sign with a device on the server; of its certificates the one registered for this step is used. Without one the
    PIN is neither sent nor counted: nobody can block the device of others.

    Raises DomainError for a turn that is over, a wrong PIN (WrongSecretError), a device that doesn't sign.
    """
    paper = held(paper)
    require_turn(paper, step)
    rows = SignerCertificate.objects.of_unit(paper.unit).filter(step=step, active=True)
    known = set(rows.values_list("fingerprint", flat=True))

    def choose(certificates: Sequence[bytes]) -> bytes | None:
        return next((der for der in certificates if hashlib.sha256(der).hexdigest() in known), None)

    with device_of(token, choose=choose) as unlocked:
        with counted(f"device:{token.key}", field="pin"):
            signer = unlocked(pin)
        return _sign(paper, step=step, signer=signer, picture=picture, way=Way.DEVICE, by=by, field="token")


@transaction.atomic
def take_signed(paper: Paper, *, step: Step, pdf: bytes, by: User) -> Paper:
    """Take the file that was signed outside. Raises DomainError (field `signed_file`) for anything but our bytes with
    one signature more.
    """
    paper = held(paper)
    require_turn(paper, step)
    former = file_of(paper)
    return accept(paper, step=step, former=former, signed=pdf, way=Way.OUTSIDE, by=by, field="signed_file")


def _sign(
    paper: Paper, *, step: Step, signer: Signer, picture: SignatureImage | None, way: Way, by: User, field: str
) -> Paper:
    certificate = signer.signing_cert
    assert certificate is not None  # noqa: S101 - both kinds of signer have one
    shown = Picture(bytes(picture.content), picture.width_mm) if picture else None
    look = Look(step, holder_of(certificate.dump()), timezone.now(), shown)
    former = file_of(paper)
    try:
        signed = sign(former, signer=signer, look=look, box=paper.boxes[step], trust=trust())
    except TimestampRequestError as fault:
        message = "Chưa lấy được dấu thời gian từ máy chủ cấp dấu thời gian. Hãy thử lại sau ít phút."
        raise DomainError(message, field=field, code="timestamp") from fault
    except (PathError, PathValidationError) as fault:  # the signer's own chain is a SigningError
        message = (
            "Chứng thư của máy chủ cấp dấu thời gian đã hết hạn, bị thu hồi hoặc không do nơi tin cậy cấp. Hãy báo "
            "quản trị cấp 1 kiểm tra máy chủ đó và danh sách tin cậy, rồi ký lại."
        )
        raise DomainError(message, field=field, code="timestamp") from fault
    except SigningError as fault:
        message = "Chứng thư số này không ký được: hết hạn, bị thu hồi hoặc không do nơi tin cậy cấp. Hãy kiểm tra lại."
        raise DomainError(message, field=field, code="signing") from fault
    return accept(paper, step=step, former=former, signed=signed, way=way, by=by, field=field)
