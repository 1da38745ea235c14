"""The feed of the HR system (art. 13.2): from a server and a folder, again and again, with faults, killed midway."""

import os
import signal
import subprocess
import sys
from datetime import date

import pytest
from django.conf import settings as project
from django.core.management import CommandError, call_command
from django.db import connection

from core.models import Event
from personnel.actions.feed import pull
from personnel.models import Employee, FeedFault, FeedRun
from personnel.rules import EmployeeState, RunState
from personnel.tasks import pull_people
from qltb.services import REPOSITORY
from tests.core.threads import at_once
from tests.jobs.workers import wait
from tests.personnel.support import person


def counts(run):
    return run.state, run.total, run.created, run.changed, run.unchanged, run.faulty


@pytest.mark.dieu("13.2")
@pytest.mark.dieu("7.2")
def test_people_come_over_https_once(hr):
    hr.says([person(1), person(2, room="Tổ Thu", title="Chuyên viên / viên chức"), person(3, unit="01", room="")])
    assert counts(pull()) == ("ok", 3, 3, 0, 0, 0)
    one = Employee.objects.get(code="HR0002")
    assert (one.unit.code, one.room.code, one.title.code, one.state_since) == (
        "01.001",
        "01.001.T1",
        "CV",
        date(2020, 3, 10),
    )
    assert counts(pull()) == ("unchanged", 0, 0, 0, 0, 0)
    assert counts(pull(again=True)) == ("ok", 3, 0, 0, 3, 0)
    assert Employee.history.count() == 3
    assert not Event.objects.exists()
    assert "bi-mat" not in FeedRun.objects.latest("pk").source


def test_a_changed_list_is_read_again(hr):
    hr.says([person(1)])
    pull()
    hr.says([person(1, full_name="Nguyễn Thị Một", email="")])
    assert counts(pull()) == ("ok", 1, 0, 1, 0, 0)
    one = Employee.objects.get()
    assert (one.full_name, one.email, one.version) == ("Nguyễn Thị Một", "", 2)
    assert "If-None-Match" in hr.asked[-1]


def test_what_a_record_does_not_tell_stays(hr):
    hr.says([person(1)])
    pull()
    hr.says([{"code": "hr0001", "unit": "01.001", "full_name": "Nguyễn Văn Số 1"}])
    assert counts(pull()) == ("ok", 1, 0, 0, 1, 0)


def test_a_token_is_sent(hr, settings):
    settings.HR_FEED_TOKEN = "mat-khau-cua-nguon"
    hr.says([])
    pull()
    assert hr.asked[-1]["Authorization"] == "Bearer mat-khau-cua-nguon"


def test_an_unknown_certificate_is_refused(hr, settings):
    settings.HR_FEED_CA = ""
    hr.says([person(1)])
    run = pull()
    assert run.state == RunState.FAILED
    assert "CERTIFICATE_VERIFY_FAILED" in run.problem
    assert not Employee.objects.exists()


@pytest.mark.parametrize("address", ["http://127.0.0.1/x", "file:///etc/passwd", "https:///x"])
def test_only_https_is_asked(titles, settings, address):
    settings.HR_FEED_URL = address
    assert "https://" in pull().problem


def test_a_redirect_is_not_followed(hr):
    hr.status, hr.location = 302, "http://169.254.169.254/"
    assert "302" in pull().problem
    assert len(hr.asked) == 1


@pytest.mark.parametrize(
    ("body", "said"),
    [(b"{", "không đọc được"), (b"\xff\xfe", "không đọc được"), (b'{"a": 1}', "people"), (b"[" * 100_000, "đọc được")],
)
def test_what_is_no_list_changes_nothing(hr, body, said):
    hr.body = body
    run = pull()
    assert run.state == RunState.FAILED
    assert said in run.problem


def test_a_list_that_is_too_large(hr, settings):
    settings.HR_FEED_MAX_MB = 1
    hr.body = b"[" + b" " * (1 << 20) + b"]"
    assert "1 MB" in pull().problem


def test_a_server_that_is_away(titles, settings):
    settings.HR_FEED_URL, settings.HR_FEED_TIMEOUT = "https://127.0.0.1:9/", 2
    assert pull().state == RunState.FAILED


FAULTS = [
    (person(2, unit="99.999"), "Không có đơn vị mã “99.999”"),
    (person(3, unit="01.001.T1"), "Không có đơn vị mã “01.001.T1”"),
    (person(4, code=""), "Thiếu mã cán bộ"),
    (person(5, code="HR 5"), "không hợp lệ"),
    (person(6, code="HR0001"), "đã có ở dòng 1"),
    (person(7, full_name=""), "Thiếu họ và tên"),
    (person(8, full_name="A\x00B"), "ký tự điều khiển"),
    (person(9, full_name="x" * 101), "dài quá"),
    (person(10, state="??"), "Trạng thái"),
    (person(11, since="31/02/2020"), "không đúng dạng"),
    (person(12, room="01.002.T1"), "không thuộc đơn vị"),
    (person(13, title="Vua"), "Không có chức danh"),
    (person(14, email="khong"), "Thư điện tử"),
    (person(15, account="nghiepvu.danang"), "không có tài khoản"),
    (person(16, full_name=["x"]), "không phải là chữ"),
    ("một dòng", "không đúng cấu trúc"),
]


def test_a_bad_record_is_told_and_the_others_go_in(hr):
    hr.says([person(1), *(record for record, _ in FAULTS), person(99)])
    run = pull()
    assert counts(run) == ("partly", len(FAULTS) + 2, 2, 0, 0, len(FAULTS))
    told = list(FeedFault.objects.order_by("line").values_list("line", "message"))
    assert [line for line, _ in told] == list(range(2, len(FAULTS) + 2))
    for (_, message), (_, expected) in zip(told, FAULTS, strict=True):
        assert expected in message
    assert set(Employee.objects.values_list("code", flat=True)) == {"HR0001", "HR0099"}


@pytest.mark.dieu("13.2")
def test_whoever_goes_is_told_of_in_the_former_unit(hr):
    hr.says([person(n) for n in range(1, 5)])
    pull()
    hr.says(
        [
            person(1, unit="01.002", room="01.002.T1"),
            person(2, state="retired", since="2026-01-31"),
            person(3, state="left"),
            person(4),
        ]
    )
    assert counts(pull()) == ("ok", 4, 0, 3, 1, 0)
    told = Event.objects.order_by("pk").values_list("kind", "unit__code", "payload__code")
    assert list(told) == [
        ("employee.moved", "01.001", "HR0001"),
        ("employee.returned", "01.002", "HR0001"),
        ("employee.retired", "01.001", "HR0002"),
        ("employee.left", "01.001", "HR0003"),
    ]
    moved = Employee.objects.get(code="HR0001")
    assert (moved.unit.code, moved.room.code, moved.state) == ("01.002", "01.002.T1", EmployeeState.WORKING)
    assert [row.unit.code for row in moved.history.order_by("history_id")] == ["01.001", "01.002"]


def test_whoever_moves_leaves_room_and_account_behind(hr, world):
    hr.says([person(1, account="nghiepvu.badinh")])
    pull()
    assert Employee.objects.get().account == world.nghiepvu_badinh
    hr.says([{"code": "HR0001", "unit": "01.002", "full_name": "Nguyễn Văn Số 1"}])
    pull()
    one = Employee.objects.get()
    assert (one.unit.code, one.room, one.account) == ("01.002", None, None)


def test_who_is_no_longer_named_stays_unless_the_list_is_complete(hr):
    hr.says([person(n) for n in range(1, 11)])
    pull()
    hr.says([person(n) for n in range(1, 10)])
    pull()
    assert Employee.objects.filter(state="working").count() == 10
    hr.says([person(n) for n in range(1, 10)], complete=True)
    assert pull().changed == 1
    assert Employee.objects.get(state="left").code == "HR0010"
    assert Event.objects.get().kind == "employee.left"
    hr.says([person(n) for n in range(1, 11)], complete=True)
    pull()
    assert Employee.objects.filter(state="working").count() == 10


def test_a_complete_list_that_lacks_too_many_is_refused(hr):
    hr.says([person(n) for n in range(1, 11)])
    pull()
    hr.says([person(n, full_name="Khác") for n in range(1, 8)], complete=True)
    run = pull()
    assert (run.state, "thiếu 3 trên 10" in run.problem) == (RunState.FAILED, True)
    assert not Employee.objects.filter(full_name="Khác").exists()


def test_whom_the_unit_brought_in_is_adopted(hr, world):
    Employee.objects.create(code="01.001-HR0001", unit=world.units["01.001"], full_name="Nguyễn Văn Số 1")
    hr.says([person(1)])
    assert counts(pull()) == ("ok", 1, 0, 1, 0, 0)
    one = Employee.objects.get()
    assert (one.code, one.source) == ("HR0001", "hr")


def test_a_folder_with_csv(folder):
    folder("\ufeffcode;full_name;unit;room\nHR1;Nguyễn Văn A;01.001;Tổ Thu\nHR2;B\n\nHR3;Trần C;xx;\n", "a.csv")
    run = pull()
    assert counts(run) == ("partly", 3, 1, 0, 0, 2)
    assert list(run.faults.values_list("line", flat=True)) == [3, 5]
    assert pull().state == RunState.UNCHANGED


def test_the_newest_file_of_a_folder_counts(folder, settings):
    folder([person(1)], "1.json")
    os.utime(f"{settings.HR_FEED_FOLDER}/1.json", (1, 1))
    folder([person(2)], "0.json")
    pull()
    assert Employee.objects.get().code == "HR0002"


def test_a_folder_without_a_list(folder):
    assert "chưa có tệp" in pull().problem


def test_the_command_says_what_came(folder, capsys):
    folder([person(1), person(2, unit="99")])
    call_command("pull_people")
    assert "partly: 2 records, 1 new, 0 changed, 1 faulty" in capsys.readouterr().out


def test_the_command_needs_a_source(titles):
    with pytest.raises(CommandError, match="HR_FEED_URL"):
        call_command("pull_people")


def test_the_task_pulls_behind_no_wall(folder):
    assert pull_people.run() == "failed"
    folder([person(1)])
    assert pull_people.run() == "ok"


def test_without_a_source_the_task_does_nothing(titles):
    assert pull_people.run() == ""
    assert not FeedRun.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once(folder):
    folder([person(n) for n in range(300)])
    runs = at_once(pull, pull)
    assert Employee.objects.count() == 300
    assert sorted(run.state if run else "" for run in runs) in (["", "ok"], ["ok", "unchanged"], ["ok", "ok"])


@pytest.mark.django_db(transaction=True)
def test_a_run_that_is_killed_leaves_nothing(folder, settings):
    folder([person(n) for n in range(4000)])
    given = connection.get_connection_params()
    address = f"postgresql://{given['user']}@{given['host']}:{given.get('port') or 5432}/{given['dbname']}"
    env = os.environ | {
        "DATABASE_URL": address,
        "PGPASSWORD": given.get("password") or "",
        "REDIS_URL": project.REDIS_URL,
        "DATABASE_ROLE": "",
        "PGAPPNAME": "pull-of-a-test",
        "DJANGO_SETTINGS_MODULE": "qltb.settings_test",
        "HR_FEED_FOLDER": settings.HR_FEED_FOLDER,
    }
    process = subprocess.Popen([sys.executable, "manage.py", "pull_people"], env=env, cwd=REPOSITORY)

    def writing():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE application_name = 'pull-of-a-test' AND query LIKE 'INSERT INTO \"personnel_employee\"%'"
            )
            return cursor.fetchone()[0]

    wait(writing)
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert (Employee.objects.count(), FeedRun.objects.count()) == (0, 0)
    wait(lambda: pull() is not None)  # the database notices that the other is gone
    assert Employee.objects.count() == 4000
