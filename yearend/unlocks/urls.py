from django.urls import path

from yearend.views import unlocking

app_name = "unlocks"
urlpatterns = [
    path("", unlocking.unlock_list, name="list"),
    path("<str:number>/", unlocking.unlock_detail, name="detail"),
    path("<str:number>/rut/", unlocking.unlock_withdraw, name="withdraw"),
    path("<str:number>/quyet-dinh/", unlocking.unlock_decide, name="decide"),
    path("<str:number>/tai-lieu/", unlocking.unlock_attach, name="attach"),
    path("<str:number>/tai-lieu/<uuid:public_id>/go/", unlocking.unlock_detach, name="detach"),
]
