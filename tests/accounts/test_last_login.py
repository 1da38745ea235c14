from django.utils import timezone


def test_a_login_is_dated_without_a_row_in_the_accounts_history(world, client_of):
    user = world.nghiepvu_badinh
    before = user.history.count()
    began = timezone.now()
    client_of(user)
    user.refresh_from_db()
    assert user.last_login >= began
    assert user.history.count() == before
