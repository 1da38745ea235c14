"""Files of dossiers: written, served, frozen, and gone when they should be."""

import gc
import hashlib
import os
import stat
import threading
import time
from datetime import timedelta

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import connection, transaction

from core import documents
from core.errors import DomainError
from core.models import Document, DocumentKind
from core.scope import Scope, entered
from tests.documents.conftest import files
from tests.documents.pdfs import big_upload, body, build, padded, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def add(store, intake, author):
    def attach(content=None, name="Biên bản.pdf", **more):
        file = upload(content or build(pages=2), name)
        return documents.attach(intake, unit=intake.unit, kind=DocumentKind.MINUTES, file=file, by=author, **more)

    return attach


@pytest.fixture
def issue(store, intake, author):
    def issue_form(content, **more):
        return documents.issue(
            intake, unit=intake.unit, kind=DocumentKind.FORM_C50, title="C50", content=content, by=author, **more
        )

    return issue_form


def test_what_is_kept(store, add, author):
    content = build(pages=2)
    document = add(content)
    document.refresh_from_db()
    assert (document.title, document.pages, document.size) == ("Biên bản.pdf", 2, len(content))
    assert document.sha256 == hashlib.sha256(content).hexdigest()
    assert document.created_by == author
    assert not document.issued
    assert [path.read_bytes() for path in files(store)] == [content]
    assert documents.verify(document)


def test_the_stored_name_tells_nothing_and_others_cannot_read_it(store, add):
    document = add(name="Hợp đồng mật.pdf")
    path = store / document.file.name
    assert documents._STORED_NAME.fullmatch(document.file.name)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_large_upload_is_moved_in(store, intake, author):
    content = padded(3 << 20)
    with big_upload(content) as file:
        document = documents.attach(intake, unit=intake.unit, kind=DocumentKind.OTHER, file=file, by=author)
    assert (store / document.file.name).read_bytes() == content
    assert documents.verify(document)


def test_a_refused_file_leaves_nothing(store, add):
    with pytest.raises(DomainError) as caught:
        add(b"<html></html>", field="documents")
    assert (caught.value.code, caught.value.field) == ("not_pdf", "documents")
    assert files(store) == []
    assert not Document.objects.exists()


def test_the_limit_is_the_setting(add, settings):
    settings.DOCUMENT_MAX_BYTES = 100
    with pytest.raises(DomainError, match="vượt giới hạn"):
        add()


def test_documents_of_one_object_only(add, store, intake, author):
    first, second = add(), add()
    other = type(intake).objects.create(number="TN-01.001-2026-0002", unit=intake.unit)
    documents.attach(other, unit=other.unit, kind=DocumentKind.OTHER, file=upload(build()), by=author)
    assert list(documents.documents_of(intake)) == [first, second]


def test_behind_the_wall_the_query_counts_as_narrowed_and_others_still_see_nothing(add, intake):
    add()
    own = Scope(read_paths=(intake.unit.path,), write_units=frozenset({intake.unit.pk}))
    with entered(own):
        assert documents.documents_of(intake).count() == 1
    with entered(Scope(read_paths=("ZZZZ",))):
        assert documents.documents_of(intake).count() == 0


# Serving


def test_it_is_served_for_saving_and_can_do_nothing_in_the_site(add):
    content = build()
    response = documents.serve(add(content, name="Biên bản số 5 – đợt 2.pdf"))
    assert response.streaming
    assert body(response) == content
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(content))
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''Bi%C3%AAn%20b%E1%BA%A3n%20s%E1%BB%91%205%20%E2%80%93%20%C4%91%E1%BB%A3t%202.pdf"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "private, no-store"


def test_a_name_cannot_break_the_header(add):
    response = documents.serve(add(name='x"; filename=evil.html\r\nSet-Cookie: a=b.pdf'))
    disposition = response["Content-Disposition"]
    body(response)
    assert "\n" not in disposition
    assert disposition.endswith('.pdf"')
    assert disposition.count('"') == 2


@pytest.mark.parametrize("harm", [os.unlink, lambda path: path.write_bytes(b"%PDF-")])
def test_a_damaged_store_is_said_not_served(store, add, harm):
    document = add()
    harm(store / document.file.name)
    with pytest.raises(DomainError, match="không còn nguyên vẹn") as caught:
        documents.serve(document)
    assert caught.value.code == "document_damaged"
    assert not documents.verify(document)


def test_verify_sees_a_change_that_keeps_the_size(store, add):
    document = add()
    path = store / document.file.name
    path.write_bytes(path.read_bytes()[:-1] + b" ")
    assert not documents.verify(document)


# Issued forms


def test_an_issued_form_is_frozen(issue, intake):
    first = issue(build(pages=1))
    type(intake).objects.filter(pk=intake.pk).update(supplier="Công ty khác")
    again = issue(build(pages=3))
    assert again == first
    assert again.sha256 == first.sha256
    assert again.pages == 1
    assert again.issued
    assert again.title == "C50.pdf"
    assert Document.objects.count() == 1
    assert documents.verify(again)
    assert documents.issued(intake, DocumentKind.FORM_C50) == first


def test_reissuing_adds_and_keeps_the_former_one(store, issue, intake):
    first = issue(build(pages=1))
    second = issue(build(pages=2), reissue=True)
    assert documents.issued(intake, DocumentKind.FORM_C50) == second
    assert documents.verify(first)
    assert len(files(store)) == 2


def test_an_issued_form_cannot_be_removed(store, issue, author):
    form = issue(build())
    with pytest.raises(DomainError, match="đã phát hành"):
        documents.remove(form, by=author)
    assert documents.verify(form)


def test_nothing_is_issued_yet(intake):
    assert documents.issued(intake, DocumentKind.FORM_C50) is None


# Rollback, removal, orphans


@pytest.mark.django_db(transaction=True)
class TestTransactions:
    def test_the_file_goes_when_the_transaction_rolls_back(self, store, add):
        with transaction.atomic():
            add()
            assert len(files(store)) == 1
            transaction.set_rollback(True)
        assert files(store) == []

    def test_the_file_goes_when_only_a_savepoint_rolls_back(self, store, add):
        with transaction.atomic():
            kept = add()
            with transaction.atomic():
                add()
                transaction.set_rollback(True)
        assert [str(path.relative_to(store)) for path in files(store)] == [kept.file.name]

    def test_it_stays_when_another_hook_fails_after_the_commit(self, store, add):
        def fail():
            raise ZeroDivisionError

        def write():
            with transaction.atomic():
                transaction.on_commit(fail)
                add()

        with pytest.raises(ZeroDivisionError):
            write()
        gc.collect()
        assert documents.verify(Document.objects.get())

    def test_it_stays_after_a_commit(self, store, add):
        document = add()
        assert documents.verify(document)

    def test_a_file_that_was_not_written_whole_is_refused(self, store, add, monkeypatch):
        save = FileSystemStorage._save

        def cut(self, name, content):
            name = save(self, name, content)
            os.truncate(self.path(name), 10)
            return name

        monkeypatch.setattr(FileSystemStorage, "_save", cut)
        with pytest.raises(DomainError, match="trọn vẹn"):
            add()
        assert files(store) == []
        assert not Document.objects.exists()

    def test_removing_deletes_the_file_only_on_commit(self, store, add, author):
        document = add()
        with transaction.atomic():
            documents.remove(Document.objects.get(), by=author)
            transaction.set_rollback(True)
        assert documents.verify(document)
        documents.remove(document, by=author)
        assert files(store) == []
        assert not Document.objects.exists()

    def test_two_who_issue_at_once_get_the_same_form(self, store, issue):
        found, meet = [], threading.Barrier(2)

        def run(pages):
            try:
                content = build(pages=pages)
                meet.wait()
                found.append(issue(content).sha256)
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=(pages,)) for pages in (1, 2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(found) == 2
        assert len(set(found)) == 1
        assert Document.objects.count() == 1
        assert len(files(store)) == 1

    def test_orphans(self, store, add):
        document = add()
        orphan = store / "ab" / "cd" / f"abcd{'0' * 36}.pdf"
        strange = store / "ab" / "cd" / "notes.pdf"
        young = store / "ab" / "cd" / f"abcd{'1' * 36}.pdf"
        orphan.parent.mkdir(parents=True, exist_ok=True)
        for path in (orphan, strange, young):
            path.write_bytes(b"%PDF-")
        long_ago = time.time() - 3 * 86400
        for path in (orphan, strange, store / document.file.name):
            os.utime(path, (long_ago, long_ago))
        assert documents.remove_orphans(timedelta(days=1)) == 1
        assert not orphan.exists()
        assert strange.exists()
        assert young.exists()
        assert documents.verify(document)


def test_the_sweep_of_an_empty_store(store, db):
    assert documents.remove_orphans() == 0
