from django.urls import path

from equipment.views import drafts
from equipment.views import intakes as views

app_name = "intakes"
urlpatterns = [
    path("", views.intake_list, name="list"),
    path("moi/", drafts.intake_create, name="create"),
    path("dong/", drafts.intake_line, name="line"),
    path("<str:number>/", views.intake_detail, name="detail"),
    path("<str:number>/sua/", drafts.intake_edit, name="edit"),
    path("<str:number>/tiep-nhan/", views.intake_confirm, name="confirm"),
    path("<str:number>/huy/", views.intake_cancel, name="cancel"),
    path("<str:number>/khoi-phuc/", views.intake_restore, name="restore"),
    path("<str:number>/dinh-chinh/", views.intake_correct, name="correct"),
    path("<str:number>/tai-lieu/", views.intake_attach, name="attach"),
    path("<str:number>/tai-lieu/<uuid:public_id>/go/", views.intake_detach, name="detach"),
    path("<str:number>/bien-ban/<str:paper>/", views.intake_issue, name="issue"),
]
