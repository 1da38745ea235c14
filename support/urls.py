"""Addresses of support: requests, ready answers, help."""

from django.urls import include, path

from support.views import figures, pages, public, ready, steps

canned = [
    path("", ready.canned_list, name="list"),
    path("them/", ready.canned_create, name="create"),
    path("<uuid:public_id>/", ready.canned_edit, name="edit"),
    path("<uuid:public_id>/xoa/", ready.canned_remove, name="remove"),
]
help_pages = [
    path("", public.help_list, name="list"),
    path("goi-y/", public.help_suggest, name="suggest"),
    path("them/", public.help_create, name="create"),
    path("<int:pk>/", public.help_article, name="article"),
    path("<int:pk>/sua/", public.help_edit, name="edit"),
    path("<int:pk>/cong-bo/", public.help_show, name="show"),
]
requests = [
    path("", pages.request_list, name="list"),
    path("moi/", pages.request_create, name="create"),
    path("thong-ke/", figures.support_statistics, name="statistics"),
    path("tep/<uuid:public_id>/", pages.request_file, name="file"),
    path("<str:number>/", pages.request_detail, name="detail"),
    path("<str:number>/tra-loi/", steps.request_answer, name="answer"),
    path("<str:number>/hoi-lai/", steps.request_ask_back, name="ask_back"),
    path("<str:number>/bo-sung/", steps.request_reply, name="reply"),
    path("<str:number>/hoi-tiep/", steps.request_reopen, name="reopen"),
    path("<str:number>/ghi-chu/", steps.request_note, name="note"),
    path("<str:number>/chuyen-len/", steps.request_escalate, name="escalate"),
    path("<str:number>/uu-tien/", steps.request_prioritise, name="prioritise"),
    path("<str:number>/dong/", steps.request_close, name="close"),
]
urlpatterns = [
    path("cau-mau/", include((canned, "canned"))),
    path("tro-giup/", include((help_pages, "help"))),
    path("", include((requests, "support"))),
]
