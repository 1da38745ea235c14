def test_a_request_far_over_the_limit_is_refused_unread(client, settings):
    settings.REQUEST_MAX_BYTES = 1000
    response = client.post("/dang-nhap/", {"login": "x" * 2000})
    assert response.status_code == 400
    assert "<html" in response.content.decode()


def test_an_ordinary_form_passes(client, db):
    assert client.post("/dang-nhap/", {"login": "x"}).status_code == 200
