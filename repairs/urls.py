from django.urls import path

from repairs.views import drafts, lists, records, steps

app_name = "repairs"
urlpatterns = [
    path("", lists.repair_list, name="list"),
    path("moi/", drafts.repair_create, name="create"),
    path("chi-phi/", lists.cost_list, name="costs"),
    path("den-ky/", lists.upkeep_list, name="upkeep"),
    path("den-ky/lap-ho-so/", drafts.upkeep_create, name="upkeep_create"),
    path("<str:number>/", records.repair_detail, name="detail"),
    path("<str:number>/sua/", drafts.repair_edit, name="edit"),
    path("<str:number>/gui/", steps.repair_send, name="send"),
    path("<str:number>/ket-qua/", steps.repair_results, name="results"),
    path("<str:number>/hoan-thanh/", steps.repair_finish, name="finish"),
    path("<str:number>/huy/", steps.repair_cancel, name="cancel"),
    path("<str:number>/khoi-phuc/", steps.repair_restore, name="restore"),
    path("<str:number>/tai-lieu/", records.repair_attach, name="attach"),
    path("<str:number>/tai-lieu/<uuid:public_id>/go/", records.repair_detach, name="detach"),
    path("<str:number>/bien-ban/<str:paper>/", records.repair_issue, name="issue"),
]
