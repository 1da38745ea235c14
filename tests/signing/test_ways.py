"""Signing on the server: with a key file and with a device."""

import subprocess

import pytest

from accounts.models import SecurityEvent
from core.errors import DomainError
from core.scope import entered
from signing.actions.signatures import sign_with_device, sign_with_file
from signing.checking import Fault
from signing.keys import KeyRefusedError, WrongSecretError, devices, tokens
from signing.queries import file_of, findings_of, paper_of, revisions_of
from signing.rules import PaperState, Step, Way
from tests.signing import pki
from tests.signing.conftest import PIN
from tests.signing.helpers import sign_all, sign_file

pytestmark = pytest.mark.dieu("13.8")


def said_by_pdfsig(pdf: bytes, tmp_path) -> str:
    """What an independent tool says."""
    path = tmp_path / "signed.pdf"
    path.write_bytes(pdf)
    run = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False)
    return run.stdout


def test_three_signatures_complete_a_paper(world, paper, heard, tmp_path):
    user = world.nghiepvu_badinh
    issued = file_of(paper)
    with entered(user.scope):
        sign_all(paper, by=user)
        paper.refresh_from_db()
        assert paper.state == PaperState.COMPLETE
        assert paper.completed_at is not None
        assert heard.completed == [(paper.subject_id, user.pk)]
        found = findings_of(paper)
        assert found.problems == []
        assert found.good
        assert [one.step for one in found.signatures] == list(Step)
        assert [one.verdict.signer.name for one in found.signatures] == [
            "Trần Thị Lập",
            "Nguyễn Văn Đứng",
            "BHXH thành phố Hà Nội",
        ]
        whole = file_of(paper)
        assert whole.startswith(issued)
        assert [one.size for one in revisions_of(paper)] == [len(file_of(paper, n)) for n in range(4)]
    said = said_by_pdfsig(whole, tmp_path)
    assert said.count("Signature is Valid.") == 3
    assert said.count("Not total document signed") == 2
    assert said.count("- Total document signed") == 1
    assert "ETSI.CAdES.detached" in said
    assert "NguoiLap" in said
    assert SecurityEvent.objects.filter(kind="signed", user=user).count() == 3


def test_each_revision_stands_for_itself(world, paper, tmp_path):
    user = world.nghiepvu_badinh
    with entered(user.scope):
        sign_all(paper, by=user)
        for number in (1, 2, 3):
            said = said_by_pdfsig(file_of(paper, number), tmp_path)
            assert said.count("Signature is Valid.") == number
            assert said.count("- Total document signed") == 1


def test_the_order_is_kept(world, paper):
    user = world.nghiepvu_badinh
    with entered(user.scope):
        with pytest.raises(DomainError, match="Chưa đến lượt “Thủ trưởng đơn vị”") as refusal:
            sign_file(paper, Step.HEAD, pki.head(), by=user)
        assert refusal.value.code == "order"
        sign_file(paper, Step.PREPARER, pki.preparer(), by=user)
        with pytest.raises(DomainError, match="Người lập đã ký lúc"):
            sign_file(paper, Step.PREPARER, pki.preparer(), by=user)


@pytest.mark.parametrize(
    ("who", "fault"),
    [
        (pki.stranger, Fault.UNTRUSTED),
        (pki.expired, Fault.EXPIRED),
        (pki.revoked, Fault.REVOKED),
        (pki.head, Fault.UNREGISTERED),
    ],
)
def test_who_may_not_sign_is_told_why(world, paper, who, fault):
    user = world.nghiepvu_badinh
    with entered(user.scope):
        with pytest.raises(DomainError) as refusal:
            sign_file(paper, Step.PREPARER, who(), by=user)
        problems = getattr(refusal.value, "problems", (refusal.value,))
        assert fault in {one.code for one in problems}
        assert paper.revisions.count() == 1
        assert paper_of(paper.subject) == paper


def test_a_wrong_password_says_so_and_is_counted(world, paper, settings):
    user = world.nghiepvu_badinh
    content = pki.preparer().p12()

    def press(password):
        with entered(user.scope):
            return sign_with_file(paper, step=Step.PREPARER, key_file=content, password=password, picture=None, by=user)

    for left in ("Còn 2 lần thử", "Còn 1 lần thử", "Tạm khóa 30 phút"):
        with pytest.raises(WrongSecretError, match=left):
            press("sai")
    with pytest.raises(DomainError, match="Đã nhập sai 3 lần liên tiếp"):
        press(pki.PASSWORD)
    assert paper.revisions.count() == 1


@pytest.mark.parametrize("content", [b"", b"khong phai tep khoa", b"\x30\x82\xff\xff", b"%PDF-1.7"])
def test_what_is_no_key_file_is_refused(world, paper, content):
    user = world.nghiepvu_badinh
    with entered(user.scope), pytest.raises(DomainError, match="không phải tệp chứng thư số"):
        sign_with_file(paper, step=Step.PREPARER, key_file=content, password="x", picture=None, by=user)


def test_a_device_signs(world, paper, device, tmp_path):
    user = world.nghiepvu_badinh
    (token,) = tokens()
    assert token.model == "SoftHSM v2"
    with entered(user.scope):
        sign_file(paper, Step.PREPARER, pki.preparer(), by=user)
        sign_with_device(paper, step=Step.HEAD, token=token, pin=PIN, picture=None, by=user)
        assert revisions_of(paper).get(number=2).way == Way.DEVICE
        assert findings_of(paper).sound
        said = said_by_pdfsig(file_of(paper), tmp_path)
    assert said.count("Signature is Valid.") == 2


def test_a_device_warns_of_wrong_pins(world, paper, device):
    user = world.nghiepvu_badinh
    (token,) = tokens()
    with entered(user.scope):
        sign_file(paper, Step.PREPARER, pki.preparer(), by=user)
    for left in ("Còn 2 lần thử", "Còn 1 lần thử", "Tạm khóa"):
        with entered(user.scope), pytest.raises(WrongSecretError, match=f"Mã PIN không đúng.*{left}"):
            sign_with_device(paper, step=Step.HEAD, token=token, pin="00000000", picture=None, by=user)
    with entered(user.scope), pytest.raises(DomainError, match="tạm khóa"):
        sign_with_device(paper, step=Step.HEAD, token=token, pin=PIN, picture=None, by=user)


def test_a_device_without_a_registered_certificate_is_refused(world, paper, device):
    user = world.nghiepvu_badinh
    (token,) = tokens()
    with entered(user.scope), pytest.raises(DomainError, match="được đăng ký cho vai trò ký này"):
        sign_with_device(paper, step=Step.PREPARER, token=token, pin=PIN, picture=None, by=user)


def test_whoever_has_no_certificate_there_cannot_try_a_pin(world, paper, device, settings):
    user = world.nghiepvu_badinh
    (token,) = tokens()
    for _ in range(settings.SIGNING_TRIES + 1):
        with entered(user.scope), pytest.raises(KeyRefusedError, match="được đăng ký cho vai trò ký này") as refusal:
            sign_with_device(paper, step=Step.PREPARER, token=token, pin="00000000", picture=None, by=user)
        assert refusal.value.code == "unregistered"
    assert tokens() == [token]
    assert not token.few_tries
    with entered(user.scope):
        sign_file(paper, Step.PREPARER, pki.preparer(), by=user)
        sign_with_device(paper, step=Step.HEAD, token=token, pin=PIN, picture=None, by=user)
        assert findings_of(paper).sound


# SoftHSM never says these of itself: its "a PIN was wrong" is read as one of them.
FLAGGED = """
import importlib.util
spec = importlib.util.spec_from_file_location("use_device", {child!r})
child = importlib.util.module_from_spec(spec)
spec.loader.exec_module(child)
child._FLAGS[{flag!r}] = child._FLAGS["few_tries"]
child.main()
"""


@pytest.mark.parametrize(("flag", "said"), [("final_try", "chỉ còn 1 lần nhập mã PIN"), ("locked", "đã bị khóa")])
def test_a_device_about_to_lock_is_sent_no_pin(world, paper, device, monkeypatch, tmp_path, flag, said):
    user = world.nghiepvu_badinh
    (token,) = tokens()
    script = tmp_path / "use_device.py"
    script.write_text(FLAGGED.format(child=str(devices._CHILD), flag=flag))

    def press(pin):
        with entered(user.scope):
            return sign_with_device(paper, step=Step.HEAD, token=token, pin=pin, picture=None, by=user)

    with entered(user.scope):
        sign_file(paper, Step.PREPARER, pki.preparer(), by=user)
    with pytest.raises(WrongSecretError, match="Còn 2 lần thử"):
        press("00000000")
    with monkeypatch.context() as patched:
        patched.setattr(devices, "_CHILD", script)
        for pin in ("00000000", PIN, PIN, PIN):
            with pytest.raises(KeyRefusedError, match=f"{said}.*Hãy mở khóa thiết bị bằng phần mềm") as refusal:
                press(pin)
            assert (refusal.value.field, refusal.value.code) == ("token", "device")
    with pytest.raises(WrongSecretError, match="Còn 1 lần thử"):
        press("00000000")
    press(PIN)
    assert not tokens()[0].few_tries


def test_a_library_that_is_not_there_is_said(settings):
    settings.SIGNING_PKCS11_MODULE = "/usr/lib/khong-co.so"
    with pytest.raises(DomainError, match="Thiết bị ký số không trả lời"):
        tokens()
    settings.SIGNING_PKCS11_MODULE = ""
    assert tokens() == []


def test_nothing_is_half_done_when_the_subject_refuses(world, paper, heard):
    user = world.nghiepvu_badinh
    heard.refusal = DomainError("Báo cáo vừa được mở khóa.")
    with entered(user.scope):
        sign_file(paper, Step.PREPARER, pki.preparer(), by=user)
        sign_file(paper, Step.HEAD, pki.head(), by=user)
        with pytest.raises(DomainError, match="vừa được mở khóa"):
            sign_file(paper, Step.SEAL, pki.seal(), by=user)
        paper.refresh_from_db()
        assert paper.state == PaperState.OPEN
        assert paper.revisions.count() == 3
