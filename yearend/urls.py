"""Yearly reports: list, progress, a report and its steps. What begins with a word stands before the numbers."""

from django.urls import include, path

from yearend.views import downloads, inbox, issuing, locking, pages, progress, sending, steps, unlocking

app_name = "yearend"
urlpatterns = [
    path("", pages.report_list, name="list"),
    path("lap/", steps.report_start, name="start"),
    path("tien-do/", progress.board, name="progress"),
    path("mo-khoa/", include("yearend.unlocks.urls")),
    path("lan-khoa/<uuid:public_id>/", pages.edition_detail, name="edition"),
    path("lan-khoa/<uuid:public_id>/ban-in.pdf", downloads.edition_pdf, name="edition_pdf"),
    path("lan-khoa/<uuid:public_id>/so-lieu.xlsx", downloads.edition_xlsx, name="edition_xlsx"),
    path("lan-khoa/<uuid:public_id>/so-lieu.json", downloads.edition_json, name="edition_json"),
    path("hop-thu/", inbox.inbox, name="inbox"),
    path("hop-thu/tiep-nhan/", inbox.inbox_accept, name="inbox_accept"),
    path("<str:number>/", pages.report_detail, name="detail"),
    path("<str:number>/gui/", sending.report_send, name="send"),
    path("<str:number>/tiep-nhan/", sending.report_accept, name="accept"),
    path("<str:number>/tra-lai/", sending.report_send_back, name="send_back"),
    path("<str:number>/doi-chieu/", sending.report_file_check, name="file_check"),
    path("<str:number>/ban-hanh/", issuing.report_issue, name="issue"),
    path("<str:number>/huy-ban-in/", issuing.report_withdraw, name="withdraw"),
    path("<str:number>/tinh-lai/", steps.report_recount, name="recount"),
    path("<str:number>/ghi-chu/", steps.report_describe, name="describe"),
    path("<str:number>/tong-hop/", steps.report_consolidate, name="consolidate"),
    path("<str:number>/ra-soat/", locking.report_review, name="review"),
    path("<str:number>/khoa/", locking.report_lock, name="lock"),
    path("<str:number>/so-sanh/", locking.editions_compare, name="compare"),
    path("<str:number>/mo-khoa/", unlocking.unlock_ask, name="unlock_ask"),
    path("<str:number>/tai-lieu/", steps.report_attach, name="attach"),
    path("<str:number>/tai-lieu/<uuid:public_id>/go/", steps.report_detach, name="detach"),
]
