import json

import pytest

from personnel.loading import load_titles
from tests.personnel.support import HrSystem


@pytest.fixture
def titles(world):
    load_titles()
    return world


@pytest.fixture
def hr(titles, tmp_path, settings):
    """An HR system that the settings name."""
    made = HrSystem(tmp_path)
    settings.HR_FEED_URL, settings.HR_FEED_CA, settings.HR_FEED_TIMEOUT = made.url, str(made.cert), 5
    yield made
    made.close()


@pytest.fixture
def folder(titles, tmp_path, settings):
    """A folder that the settings name; `says` writes a list into it."""
    place = tmp_path / "danh-sach"
    place.mkdir()
    settings.HR_FEED_FOLDER = str(place)

    def says(people, name="can-bo.json", **more):
        text = people if isinstance(people, str) else json.dumps({"people": people, **more}, ensure_ascii=False)
        (place / name).write_text(text, encoding="utf-8")

    return says
