"""A backup holds everything as of one moment; restored, it is the same installation, or it is refused."""

import gzip
import json
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from qltb.keeping.handing_over import LEFT_OUT, handed_over
from tests.keeping import installations

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

KEEPING = ("-m", "qltb.keeping")
# Takes papers in, one transaction each, until it is stopped: the life of a unit while a backup is made.
BUSY = """
import itertools, os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "qltb.settings"
django.setup()
from django.core.files.uploadedfile import SimpleUploadedFile
from accounts.models import User
from core import documents
from core.scope import elevated
from qltb.demo import SCAN
from equipment.models import Intake
intake, by = Intake.objects.first(), User.objects.first()
for number in itertools.count():
    file = SimpleUploadedFile(f"bien-ban-{number}.pdf", SCAN.read_bytes(), content_type="application/pdf")
    documents.attach(intake, unit=intake.unit, kind="other", file=file, by=by)
"""
TAKEN_IN = "SELECT count(*) FROM core_document WHERE title LIKE 'bien-ban-%'"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("keeping")


@pytest.fixture(scope="module")
def source(folder, django_db_setup):
    made = installations.create("source", folder)
    made.fill(devices=3000)
    yield made
    installations.drop(made.name)


@pytest.fixture(scope="module")
def backup(source, folder):
    source.run(*KEEPING, "backup", str(folder / "backups"))
    return next((folder / "backups").glob("qltb-*"))


@pytest.fixture
def target(folder):
    made = installations.create("target", folder)
    yield made
    installations.drop(made.name)
    shutil.rmtree(made.documents, ignore_errors=True)


def files_of(root):
    return {str(path.relative_to(root)): path.read_bytes() for path in Path(root).rglob("*") if path.is_file()}


def test_what_is_restored_is_what_was_there(source, backup, target):
    said = target.run(*KEEPING, "restore", str(backup)).stdout
    assert "as they were kept" in said
    assert target.contents() == source.contents()
    assert len(files_of(source.documents)) > 20
    assert files_of(target.documents) == files_of(source.documents)
    assert "The books balance." in target.run("manage.py", "check_books").stdout
    assert "The tally equals the devices." in target.run("manage.py", "rebuild_tally", "--check").stdout
    walls = "SELECT tablename, policyname, cmd, qual, with_check FROM pg_policies ORDER BY 1, 2"
    assert target.ask(walls) == source.ask(walls) != []
    rights = "SELECT relname, relacl::text FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1"
    assert target.ask(rights) == source.ask(rights)


def test_the_ledger_of_what_was_restored_still_refuses_changes(backup, target):
    target.run(*KEEPING, "restore", str(backup))
    with pytest.raises(installations.psycopg.errors.RestrictViolation):
        target.ask("UPDATE equipment_ledgerentry SET value = 0 RETURNING 1")


def test_a_backup_of_a_busy_installation_names_no_file_that_it_lacks(source, target, folder):
    writer = source.start("-c", BUSY)
    try:
        while writer.poll() is None and source.ask(TAKEN_IN) == [(0,)]:
            time.sleep(0.1)
        source.run(*KEEPING, "backup", str(folder / "busy"))
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.wait()
    (made,) = (folder / "busy").glob("qltb-*")
    target.run(*KEEPING, "restore", str(made))
    assert target.ask(TAKEN_IN) != [(0,)]


def test_a_database_that_is_not_empty_is_left_alone(source, backup):
    before = source.contents()
    done = source.run(*KEEPING, "restore", str(backup), check=False)
    assert done.returncode == 1
    assert "isn't empty" in done.stderr
    assert source.contents() == before


def test_documents_that_lie_there_are_left_alone(backup, target):
    target.documents.mkdir()
    (target.documents / "mine.pdf").write_bytes(b"%PDF-1.7")
    done = target.run(*KEEPING, "restore", str(backup), check=False)
    assert done.returncode == 1
    assert files_of(target.documents) == {"mine.pdf": b"%PDF-1.7"}
    assert target.contents() == {}


@pytest.mark.parametrize("name", ["database.dump", "documents.tar"])
def test_a_damaged_backup_is_refused_before_anything_is_written(backup, target, tmp_path, name):
    copy = shutil.copytree(backup, tmp_path / backup.name)
    damaged = bytearray((copy / name).read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (copy / name).write_bytes(damaged)
    done = target.run(*KEEPING, "restore", str(copy), check=False)
    assert done.returncode == 1
    assert name in done.stderr
    assert target.contents() == {}
    assert target.run(*KEEPING, "check", str(copy), check=False).returncode == 1
    (copy / name).unlink()
    assert "missing" in target.run(*KEEPING, "check", str(copy), check=False).stderr


def test_books_that_differ_from_the_manifest_are_told(backup, target, tmp_path):
    copy = shutil.copytree(backup, tmp_path / backup.name)
    manifest = json.loads((copy / "manifest.json").read_text())
    manifest["books"] = "0" * 64
    manifest["tables"]["equipment_equipment"] += 1
    (copy / "manifest.json").write_text(json.dumps(manifest))
    done = target.run(*KEEPING, "restore", str(copy), check=False)
    assert done.returncode == 1
    assert "the books don't say" in done.stderr
    assert "equipment_equipment" in done.stderr


def test_a_backup_that_is_killed_has_no_name_of_a_finished_one(source, folder):
    place = folder / "killed"
    process = source.start(*KEEPING, "backup", str(place))
    while not list(place.glob(".qltb-*")) and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    finished = list(place.glob("qltb-*"))
    assert all((path / "manifest.json").exists() for path in finished)
    source.run(*KEEPING, "backup", str(place))
    assert len(list(place.glob("qltb-*"))) == len(finished) + 1


def test_older_ones_go_when_asked_and_nothing_else(source, backup, tmp_path):
    for name in ("qltb-20200101-000000", "qltb-20210101-000000"):
        shutil.copytree(backup, tmp_path / name)
    (tmp_path / "notes.txt").write_text("mine")
    source.run(*KEEPING, "backup", str(tmp_path), "--keep", "2")
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left[0] == "notes.txt"
    assert left[1] == "qltb-20210101-000000"
    assert len(left) == 3


def test_only_the_owner_reads_a_backup(backup):
    assert backup.stat().st_mode & 0o077 == 0
    for name in ("database.dump", "documents.tar"):
        assert (backup / name).stat().st_mode & 0o077 == 0


def test_everything_is_handed_over_in_open_formats(source, folder):
    source.run(*KEEPING, "hand-over", str(folder))
    (made,) = folder.glob("qltb-ban-giao-*")
    assert [str(path) for path in (made, *made.rglob("*")) if path.stat().st_mode & 0o077] == []
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=made, check=True)
    package = json.loads((made / "datapackage.json").read_text())
    for resource in package["resources"]:
        with gzip.open(made / resource["path"], "rt") as file:
            rows = [json.loads(line) for line in file]
        table = Path(resource["path"]).name.removesuffix(".jsonl.gz")
        (there,) = source.ask(f'SELECT count(*) FROM "{table}"')
        assert len(rows) == resource["rows"] == there[0], table
        fields = {field["name"] for field in resource["schema"]["fields"]}
        assert all(set(row) == fields for row in rows)
        assert not any("password" in name or "token" in name or "secret" in name for name in fields)
    whole = b"\n".join(gzip.decompress(path.read_bytes()) for path in (made / "du-lieu").glob("*.gz"))
    assert b"argon2" not in whole
    files = {path.name: path.read_bytes() for path in (made / "tep").rglob("*.pdf")}
    named = source.ask("SELECT file FROM core_document")
    assert {Path(name).name for (name,) in named} <= set(files)


def test_every_table_is_handed_over_or_named(source, folder):
    labels = {model._meta.label for model in handed_over()}
    assert not labels & set(LEFT_OUT)
    tables = {model._meta.db_table for model in handed_over()}
    left = {"django_session", "jobs_job", "jobs_jobfile", "notices_mail", "django_migrations"}
    assert set(source.contents()) | {"django_session"} == tables | left
