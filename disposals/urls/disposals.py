from django.urls import path

from disposals.views import disposals as views
from disposals.views import steps

app_name = "disposals"
urlpatterns = [
    path("", views.disposal_list, name="list"),
    path("moi/", views.disposal_create, name="create"),
    path("goi-y/", views.suggestions, name="suggestions"),
    path("goi-y/lap/", views.disposal_create_suggested, name="create_suggested"),
    path("<str:number>/", views.disposal_detail, name="detail"),
    path("<str:number>/sua/", views.disposal_edit, name="edit"),
    path("<str:number>/thiet-bi/<str:code>/", views.disposal_line, name="line"),
    path("<str:number>/trinh/", steps.disposal_submit, name="submit"),
    path("<str:number>/quyet-dinh/", steps.disposal_decide, name="decide"),
    path("<str:number>/ket-thuc/", steps.disposal_close, name="close"),
    path("<str:number>/huy/", steps.disposal_cancel, name="cancel"),
    path("<str:number>/khoi-phuc/", steps.disposal_restore, name="restore"),
    path("<str:number>/tai-lieu/", steps.disposal_attach, name="attach"),
    path("<str:number>/tai-lieu/<uuid:public_id>/go/", steps.disposal_detach, name="detach"),
    path("<str:number>/bien-ban/<str:paper>/", steps.disposal_issue, name="issue"),
]
