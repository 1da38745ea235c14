"""From a notice to the mail in its reader's box."""

from datetime import date, timedelta

import pytest
import time_machine

from notices import actions
from notices.models import Mail, Notice, Preference
from notices.rules import MailChoice, Tone, Topic
from tests.notices.support import at, deliver, mailed, tell

pytestmark = pytest.mark.django_db


def test_one_notice_is_one_mail_in_two_forms(world, mailbox, settings):
    settings.SITE_URL = "https://qltb.example.vn"
    reader = mailed(world.nghiepvu_badinh)
    with time_machine.travel(at(7), tick=False):
        tell(reader, due=date(2026, 11, 25), title="Hạn <mai> & “kia”")
    assert deliver(at(7, 9)) == 0, "its reader has time to read it on the page"
    assert deliver(at(7, 10)) == 1
    (mail,) = mailbox.taken
    message, notice = mail.message, Notice.objects.get()
    assert mail.reader == "nghiepvu.badinh@example.vn"
    assert mail.subject == "Hạn <mai> & “kia”"
    assert message["To"] == "nghiepvu.badinh@example.vn"
    assert message["From"] == "Quản lý thiết bị CNTT <qltb@localhost>"
    assert message["Message-ID"].endswith("@qltb.example.vn>")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "multipart/alternative"
    link = f"https://qltb.example.vn/thong-bao/{notice.public_id}/"
    for text in (mail.plain, mail.html):
        assert link in text
        assert "Hãy xác nhận hồ sơ hoặc ghi lý do chậm." in text
        assert "25/11/2026" in text
        assert "Điều 7, khoản 2" in text
        assert "https://qltb.example.vn/thong-bao/tuy-chon/" in text
    assert "Hạn <mai> & “kia”" in mail.plain
    assert "Hạn &lt;mai&gt; &amp; “kia”" in mail.html
    assert deliver(at(7, 30)) == 0, "once"


def test_everything_of_one_person_goes_in_one_mail_the_latest_first(world, mailbox):
    reader, other = mailed(world.nghiepvu_badinh), mailed(world.nghiepvu_hoankiem)
    with time_machine.travel(at(7), tick=False):
        tell(reader, "a", title="Sắp đến hạn", tone=Tone.WARNING)
        tell(reader, "b", title="Đã quá hạn", tone=Tone.DANGER)
        tell(other, "a", title="Việc của đơn vị khác")
    assert deliver(at(7, 10)) == 2
    mine = next(mail for mail in mailbox.taken if mail.reader.startswith("nghiepvu.badinh"))
    assert mine.subject == "2 thông báo về thiết bị CNTT, 1 mục quá hạn"
    for text in (mine.plain, mine.html):
        assert text.index("Đã quá hạn") < text.index("Sắp đến hạn")
        assert "đơn vị khác" not in text
    assert mailbox.connections == 1


def test_a_long_digest_names_some_and_leads_to_the_rest(world, mailbox):
    reader = mailed(world.nghiepvu_badinh)
    with time_machine.travel(at(7), tick=False):
        for n in range(60):
            tell(reader, f"k{n}", title=f"Việc số {n:02}.")
    assert deliver(at(7, 10)) == 1
    (mail,) = mailbox.taken
    for text in (mail.plain, mail.html):
        assert text.count("Việc số ") == 50
        assert "Còn 10 thông báo nữa" in text
    assert not Notice.objects.filter(mail=None).exists()


def test_what_is_read_on_the_page_is_not_mailed(world, mailbox):
    reader = mailed(world.nghiepvu_badinh)
    with time_machine.travel(at(7), tick=False):
        tell(reader, "a", title="Đã đọc rồi")
        tell(reader, "b", title="Chưa đọc")
        actions.mark_read(Notice.objects.filter(key="a"))
    assert deliver(at(7, 10)) == 1
    assert mailbox.taken[0].subject == "Chưa đọc"
    with time_machine.travel(at(8), tick=False):
        actions.mark_unread(Notice.objects.filter(key="a"))
    assert deliver(at(9)) == 0, "who puts a notice back knows of it"


def test_what_is_read_while_the_server_is_away_is_not_mailed_either(world, mailbox):
    reader = mailed(world.nghiepvu_badinh)
    mailbox.stop()
    with time_machine.travel(at(7), tick=False):
        tell(reader)
    assert deliver(at(7, 10)) == 0
    actions.mark_read(Notice.objects.all())
    mailbox.start()
    assert deliver(at(9)) == 0
    assert mailbox.taken == []
    assert Mail.objects.get().given_up_at is not None


@pytest.mark.parametrize(
    ("choice", "moments"),
    [
        (MailChoice.SOON, [at(6, 10), at(9, 10)]),
        (MailChoice.DAILY, [at(8), at(8, day=25)]),
        (MailChoice.NEVER, []),
    ],
)
def test_each_topic_goes_as_its_reader_wants(world, mailbox, choice, moments):
    reader = mailed(world.nghiepvu_badinh)
    actions.choose_mail(reader, {Topic.DEADLINE: choice})
    for n, moment in enumerate((at(6), at(9))):
        with time_machine.travel(moment, tick=False):
            tell(reader, f"k{n}")
    went = []
    moment = at(6)
    while moment < at(12, day=25):
        went += [moment] * deliver(moment)
        moment += timedelta(minutes=10)
    assert went == moments
    with time_machine.travel(at(12, day=25), tick=False):
        tell(reader, "other", topic=Topic.SUPPORT)
    assert deliver(at(12, 10, day=25)) == 1, "the choice is of one topic"


def test_a_new_choice_holds_for_what_is_waiting(world, mailbox):
    reader = mailed(world.nghiepvu_badinh)
    with time_machine.travel(at(7), tick=False):
        tell(reader, "a")
        tell(reader, "b", topic=Topic.SUPPORT)
        actions.choose_mail(reader, {Topic.DEADLINE: MailChoice.NEVER, Topic.SUPPORT: MailChoice.DAILY})
    assert deliver(at(7, 30)) == 0
    assert deliver(at(8)) == 1
    assert deliver(at(8, day=25)) == 0


def test_a_choice_made_at_the_former_unit_is_left_there(world, mailbox):
    reader = mailed(world.nghiepvu_badinh)
    Preference.objects.create(owner=reader, unit=world.units["01.002"], topic=Topic.DEADLINE, mail=MailChoice.NEVER)
    tell(reader)
    assert Notice.objects.get().mail_at is not None


def test_nobody_is_mailed_who_has_no_address_or_has_gone(world, mailbox):
    silent, gone, moved = world.nghiepvu_badinh, mailed(world.nghiepvu_hoankiem), mailed(world.nghiepvu_danang)
    with time_machine.travel(at(7), tick=False):
        for reader in (silent, gone, moved):
            tell(reader)
    gone.is_active = False
    gone.save()
    moved.unit = world.units["01"]
    moved.save()
    assert deliver(at(8)) == 0
    gone.is_active = True
    gone.save()
    assert deliver(at(9)) == 0, "old news are left where they are: on the page"


def test_without_a_mail_server_nothing_is_made(world, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    with time_machine.travel(at(7), tick=False):
        tell(mailed(world.nghiepvu_badinh))
    assert deliver(at(8)) == 0
    assert not Mail.objects.exists()


def test_old_mails_and_notices_go(world, mailbox, settings):
    reader = mailed(world.nghiepvu_badinh)
    with time_machine.travel(at(7), tick=False):
        tell(reader, "read")
        tell(reader, "unread")
    assert deliver(at(8)) == 1
    with time_machine.travel(at(9), tick=False):
        actions.mark_read(Notice.objects.filter(key="read"))
        actions.remove_old()
    assert (Mail.objects.count(), Notice.objects.count()) == (1, 2)
    with time_machine.travel(at(9) + timedelta(days=settings.MAIL_DAYS), tick=False):
        actions.remove_old()
        assert (Mail.objects.count(), Notice.objects.count()) == (0, 2)
        assert actions.gather() == 0, "a notice whose mail is forgotten isn't mailed again"
    with time_machine.travel(at(9) + timedelta(days=settings.NOTICE_DAYS, minutes=1), tick=False):
        actions.remove_old()
    assert [notice.key for notice in Notice.objects.all()] == ["unread"]
