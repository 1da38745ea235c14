"""Addresses of signing: papers, signers, pictures, trust; and what signing tools ask for."""

from django.urls import include, path

from signing.views import outside, pages, registers, signing, trust

signers = [
    path("", registers.signer_list, name="list"),
    path("them/", registers.signer_create, name="create"),
    path("<uuid:public_id>/", registers.signer_detail, name="detail"),
    path("<uuid:public_id>/doi/", registers.signer_switch, name="switch"),
]
signatures = [
    path("", registers.image_list, name="list"),
    path("them/", registers.image_create, name="create"),
    path("<uuid:public_id>/", registers.image_detail, name="detail"),
    path("<uuid:public_id>/hinh.png", registers.image_file, name="file"),
    path("<uuid:public_id>/ngung/", registers.image_retire, name="retire"),
]
authorities = [
    path("", trust.authority_list, name="list"),
    path("them/", trust.authority_create, name="create"),
    path("thu-hoi/", trust.revocation_create, name="revocations"),
    path("<uuid:public_id>/", trust.authority_detail, name="detail"),
    path("<uuid:public_id>/doi/", trust.authority_switch, name="switch"),
]
papers = [
    path("", pages.paper_list, name="list"),
    # settings.OPEN_PATHS lets these two through without a session.
    path("ngoai/tep/<str:name>.pdf", outside.fetch, name="fetch"),
    path("ngoai/nhan/", outside.take, name="take"),
    path("<uuid:public_id>/", pages.paper_detail, name="detail"),
    path("<uuid:public_id>/tep/<int:number>/", pages.paper_file, name="file"),
    path("<uuid:public_id>/kiem-tra/", pages.paper_look, name="look"),
    path("<uuid:public_id>/ky/tep/", signing.sign_file, name="sign_file"),
    path("<uuid:public_id>/ky/thiet-bi/", signing.sign_device, name="sign_device"),
    path("<uuid:public_id>/ky/ngoai/", signing.sign_outside, name="sign_outside"),
    path("<uuid:public_id>/ky/lien-ket/", signing.link_issue, name="link_issue"),
    path("<uuid:public_id>/ky/lien-ket/thu-hoi/", signing.link_revoke, name="link_revoke"),
]
urlpatterns = [
    path("nguoi-ky/", include((signers, "signers"))),
    path("hinh-anh/", include((signatures, "signatures"))),
    path("tin-cay/", include((authorities, "trust"))),
    path("", include((papers, "signing"))),
]
