"""Yearly reports: list, progress, a report and its steps. What begins with a word stands before the numbers."""

from django.urls import path

from yearend.views import pages, steps

app_name = "yearend"
urlpatterns = [
    path("", pages.report_list, name="list"),
    path("lan-khoa/<uuid:public_id>/", pages.edition_detail, name="edition"),
    path("<str:number>/", pages.report_detail, name="detail"),
    path("<str:number>/tinh-lai/", steps.report_recount, name="recount"),
    path("<str:number>/ghi-chu/", steps.report_describe, name="describe"),
    path("<str:number>/tong-hop/", steps.report_consolidate, name="consolidate"),
    path("<str:number>/tai-lieu/", steps.report_attach, name="attach"),
    path("<str:number>/tai-lieu/<uuid:public_id>/go/", steps.report_detach, name="detach"),
]
