from django.urls import path

from equipment.views import imports as views

app_name = "imports"
urlpatterns = [
    path("", views.import_list, name="list"),
    path("mau/", views.import_template, name="template"),
    path("moi/", views.import_create, name="create"),
    path("<str:number>/", views.import_detail, name="detail"),
    path("<str:number>/trang-tinh/", views.import_sheet, name="sheet"),
    path("<str:number>/ghep-cot/", views.import_match, name="match"),
    path("<str:number>/kiem-tra/", views.import_check, name="check"),
    path("<str:number>/nhap/", views.import_apply, name="apply"),
    path("<str:number>/huy/", views.import_cancel, name="cancel"),
]
