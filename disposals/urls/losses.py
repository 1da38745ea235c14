from django.urls import path

from disposals.views import losses as views

app_name = "losses"
urlpatterns = [
    path("mat/", views.lost_list, name="lost"),
    path("mat/moi/", views.lost_create, name="create_lost"),
    path("tim-thay/", views.found_list, name="found"),
    path("tim-thay/moi/", views.found_create, name="create_found"),
    path("mat-tim-thay/<str:number>/", views.loss_detail, name="detail"),
    path("mat-tim-thay/<str:number>/sua/", views.loss_edit, name="edit"),
    path("mat-tim-thay/<str:number>/ghi-so/", views.loss_confirm, name="confirm"),
    path("mat-tim-thay/<str:number>/huy/", views.loss_cancel, name="cancel"),
    path("mat-tim-thay/<str:number>/khoi-phuc/", views.loss_restore, name="restore"),
    path("mat-tim-thay/<str:number>/tai-lieu/", views.loss_attach, name="attach"),
    path("mat-tim-thay/<str:number>/tai-lieu/<uuid:public_id>/go/", views.loss_detach, name="detach"),
]
