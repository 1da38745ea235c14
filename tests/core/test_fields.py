"""Clean text in every field of ours, whichever way it comes in."""

import unicodedata

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction

from core.fields import CleanCharField, CleanJSONField, CleanTextField
from equipment.models import Brand, Category
from tests import world as w

NFD = unicodedata.normalize("NFD", "Hãng Điện tử")
NFC = unicodedata.normalize("NFC", NFD)

NOT_TYPED = "written by the system"
RAW = {
    "core.Event.kind": NOT_TYPED,
    "core.Document.sha256": NOT_TYPED,
    "core.Counter.key": NOT_TYPED,
    "orgs.OrgUnit.path": "treebeard's",
    "orgs.OrgUnit.code": "of the organisation's list, loaded by a command",
    "orgs.OrgUnit.sector_code": "of the organisation's list, loaded by a command",
    "accounts.User.username": "Django's validator normalises and checks it",
    "accounts.User.email": "ASCII by its validator",
    "accounts.User.password": "a hash",
    "accounts.SecurityEvent.username": "the audit keeps what was tried, as it was tried",
    "equipment.Category.code": "letters and digits only, by its form",
    "equipment.Equipment.code": NOT_TYPED,
    "equipment.Equipment.search_text": "made by the database",
    "equipment.ImportBatch.number": NOT_TYPED,
    "equipment.ImportBatch.columns": "what a file held, as it is shown beside its faults",
    "equipment.ImportBatch.report": "what a file held, as it is shown beside its faults",
    "equipment.ColumnMatch.header": "folded by the import, which cleans it before",
    "equipment.ColumnMatch.field": NOT_TYPED,
    "equipment.ColumnMatch.encoding": NOT_TYPED,
    "equipment.Intake.number": NOT_TYPED,
    "equipment.LedgerEntry.dossier": NOT_TYPED,
    "equipment.Reservation.kind": NOT_TYPED,
    "equipment.Reservation.number": NOT_TYPED,
    "equipment.EquipmentPast.dossier": NOT_TYPED,
    "equipment.EquipmentPast.entries": NOT_TYPED,
    "equipment.EquipmentPast.ledger": NOT_TYPED,
    "dispatch.Dispatch.number": NOT_TYPED,
    "dispatch.Dispatch.subject_label": NOT_TYPED,
    "dispatch.Dispatch.document_id": "made of the unit's code and what is printed, which is clean",
    "dispatch.Dispatch.sha256": NOT_TYPED,
    "dispatch.DispatchEvent.key": NOT_TYPED,
    "disposals.Disposal.number": NOT_TYPED,
    "disposals.LossReport.number": NOT_TYPED,
    "equipment.Assignment.number": NOT_TYPED,
    "equipment.AssignmentLine.code": NOT_TYPED,
    "equipment.Installation.computer_code": NOT_TYPED,
    "equipment.Installation.software_code": NOT_TYPED,
    "disposals.DisposalLine.code": NOT_TYPED,
    "disposals.LossLine.code": NOT_TYPED,
    "equipment.Holding.ended_by": NOT_TYPED,
    "equipment.Holding.given_by": NOT_TYPED,
    "equipment.NormSet.code": "letters and digits only, by its form",
    "equipment.Recovery.employee_code": "copied from the employee",
    "personnel.Employee.code": "ASCII signs only, by its form and the reading of the feed",
    "personnel.Employee.email": "ASCII by its validator",
    "personnel.Employee.search_text": "made by the database",
    "personnel.FeedRun.etag": "a header of the feed, shown as it came",
    "personnel.FeedRun.modified": "a header of the feed, shown as it came",
    "personnel.Title.code": "of the list of titles, loaded by a command",
    "reports.Survey.number": NOT_TYPED,
    "reports.SurveyItem.code": NOT_TYPED,
    "repairs.Repair.number": NOT_TYPED,
    "repairs.RepairLine.code": NOT_TYPED,
    "transfers.Transfer.number": NOT_TYPED,
    "transfers.TransferLine.code": NOT_TYPED,
    "deadlines.FeedToken.sha256": NOT_TYPED,
    "notices.Notice.key": NOT_TYPED,
    "notices.Notice.address": NOT_TYPED,
    "notices.Mail.message_id": NOT_TYPED,
    "notices.Mail.to": "ASCII by its validator",
    "signing.Paper.boxes": NOT_TYPED,
    "signing.Paper.issued_sha256": NOT_TYPED,
    "signing.RevocationList.sha256": NOT_TYPED,
    "signing.Revision.sha256": NOT_TYPED,
    "signing.SignerCertificate.fingerprint": NOT_TYPED,
    "signing.SignerCertificate.serial": NOT_TYPED,
    "signing.TrustedAuthority.fingerprint": NOT_TYPED,
    "signing.TrustedAuthority.serial": NOT_TYPED,
    "signing.UploadToken.sha256": NOT_TYPED,
    "support.SupportRequest.number": NOT_TYPED,
    "support.SupportRequest.page": "an address of this site that is known, else empty",
    "support.SupportRequest.app_version": NOT_TYPED,
    "jobs.Job.kind": NOT_TYPED,
    "jobs.JobFile.purpose": NOT_TYPED,
    "yearend.AnnualEdition.figures": "frozen as its digest was made, of what is clean",
    "yearend.AnnualEdition.missing": NOT_TYPED,
    "yearend.AnnualEdition.sha256": NOT_TYPED,
    "yearend.AnnualReport.number": NOT_TYPED,
    "yearend.UnlockRequest.number": NOT_TYPED,
}
CLEAN = (CleanCharField, CleanTextField, CleanJSONField)


def text_fields():
    for model in apps.get_models():
        if model._meta.app_label not in settings.FIRST_PARTY_APPS or hasattr(model, "instance_type"):
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, models.GeneratedField):
                field = field.output_field  # noqa: PLW2901 - looked at as what it gives
                yield f"{model._meta.label}.search_text", field
            elif isinstance(field, models.CharField | models.TextField | models.JSONField):
                yield f"{model._meta.label}.{field.name}", field


@pytest.mark.dieu("4.3")
def test_every_text_field_is_clean_or_says_why_not():
    raw = {
        name
        for name, field in text_fields()
        if not isinstance(field, (*CLEAN, models.FileField)) and not getattr(field, "choices", None)
    }
    assert raw == set(RAW)


def test_choices_keep_other_values_out_of_fields_that_are_not_clean():
    known = {"state", "status", "condition", "fund_source", "kind", "former_status", "outcome"}
    free = {"core.Event.kind", "equipment.Reservation.kind", "jobs.Job.kind"}  # named by the code of every app
    found = [name for name, field in text_fields() if name.rpartition(".")[2] in known and name not in free]
    assert len(found) > 20
    assert [name for name in found if not dict(text_fields())[name].choices] == []


@pytest.mark.django_db
def test_save_and_bulk_writes_store_nfc():
    Brand.objects.create(name=f"  {NFD}  một ")
    Brand.objects.bulk_create([Brand(name=f"{NFD} hai")])
    Brand.objects.filter(name=f"{NFC} hai").update(country=NFD)
    assert list(Brand.objects.order_by("pk").values_list("name", "country")) == [
        (f"{NFC} một", ""),
        (f"{NFC} hai", NFC),
    ]
    brand = Brand.objects.get(name=f"{NFD} hai")  # what is looked for is cleaned as well
    brand.name = NFD
    Brand.objects.bulk_update([brand], ["name"])
    assert Brand.objects.filter(name=NFC).exists()


@pytest.mark.django_db
def test_history_rows_and_json_store_nfc(world):
    Category.objects.filter(pk=world.desktop.pk).update(source=NFD, attribute_keys=[NFD])
    category = Category.objects.get(pk=world.desktop.pk)
    assert (category.source, category.attribute_keys) == (NFC, [NFC])
    made = w.confirmed(world, world.nghiepvu_badinh, ["SN1"], name=NFD)
    (device,) = w.devices(made)
    device.attributes = {NFD: [NFD, {"a": f"{NFD}\r\n"}], "n": 3, "none": None}
    device.save()
    device.refresh_from_db()
    assert device.name == NFC
    assert device.attributes == {NFC: [NFC, {"a": NFC}], "n": 3, "none": None}
    assert device.history.first().attributes == device.attributes
    assert device.history.last().name == NFC


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["a\x00b", "\u202eexe.pdf", "M¸y tÝnh"])
def test_what_is_no_text_is_refused_by_the_field_itself(world, value):
    writes = [
        lambda: Brand.objects.create(name=value),
        lambda: Brand.objects.bulk_create([Brand(name="tốt"), Brand(name=value)]),
        lambda: Category.objects.filter(pk=world.desktop.pk).update(attribute_keys={"key": [value]}),
        lambda: Category.objects.create(code="X", name="X", attribute_keys={value: ""}),
    ]
    for write in writes:
        with pytest.raises(ValidationError), transaction.atomic():
            write()
    assert not Brand.objects.filter(name="tốt").exists()
