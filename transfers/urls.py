from django.urls import path

from transfers.views import drafts, pages, steps

app_name = "transfers"
urlpatterns = [
    path("", pages.transfer_list, name="list"),
    path("moi/", drafts.transfer_create, name="create"),
    path("don-vi/", drafts.units, name="units"),
    path("<str:number>/", pages.transfer_detail, name="detail"),
    path("<str:number>/sua/", drafts.transfer_edit, name="edit"),
    path("<str:number>/chuan-bi/", drafts.transfer_prepare, name="prepare"),
    path("<str:number>/quyet-dinh/", steps.transfer_decide, name="decide"),
    path("<str:number>/ban-giao/", steps.transfer_hand_over, name="hand_over"),
    path("<str:number>/nhan/", steps.transfer_receive, name="receive"),
    path("<str:number>/chenh-lech/", steps.transfer_settle, name="settle"),
    path("<str:number>/huy/", steps.transfer_cancel, name="cancel"),
    path("<str:number>/khoi-phuc/", steps.transfer_restore, name="restore"),
    path("<str:number>/thiet-bi/<str:code>/", pages.transfer_line, name="line"),
    path("<str:number>/tai-lieu/", pages.transfer_attach, name="attach"),
    path("<str:number>/tai-lieu/<uuid:public_id>/go/", pages.transfer_detach, name="detach"),
    path("<str:number>/bien-ban/<str:paper>/", pages.transfer_issue, name="issue"),
]
