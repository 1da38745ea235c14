"""Addresses, in Vietnamese for the people who read them."""

from django.urls import include, path

from qltb import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("accounts.urls")),
    path("quan-tri/don-vi/", include("orgs.urls")),
    path("che-do-xem/", include("ui.urls")),
    path("cong-viec/", include("jobs.urls")),
    path("", include("deadlines.urls.calendar")),
    path("thong-bao/", include("notices.urls")),
    path("tep/", include("dossiers.urls")),
    path("can-bo/", include("personnel.urls")),
    path("sua-chua/", include("repairs.urls")),
    path("han-xu-ly/", include("deadlines.urls.boards")),
    path("", include("disposals.urls")),
    path("dieu-chuyen/", include("transfers.urls")),
    path("ho-tro/", include("support.urls")),
    path("ky-so/", include("signing.urls")),
    path("gui-nhan/", include("dispatch.urls")),
    path("bao-cao/", include("reports.urls")),
    path("bao-cao-nam/", include("yearend.urls")),
    path("phan-tich/", include("analysis.urls")),
    path("xac-minh/", include("yearend.verification_urls")),
    path("", include("equipment.urls")),
]
