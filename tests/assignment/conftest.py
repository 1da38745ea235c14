"""A district with people, rooms and devices."""

from types import SimpleNamespace

import pytest

from equipment.loading import load
from equipment.norm_loading import load_norms
from personnel.loading import load_titles
from personnel.models import Employee, Title
from tests.world import confirmed, devices


@pytest.fixture
def office(world):
    """Ba Đình: two people, one who has retired, four desktops in the store; Hoàn Kiếm: a person and a device."""
    load_titles()
    officer = Title.objects.get(code="CV")
    unit, other = world.units["01.001"], world.units["01.002"]
    room = world.units["01.001.T1"]

    def person(code, name, *, at=unit, **more):
        return Employee.objects.create(code=code, unit=at, full_name=name, title=officer, **more)

    stock = devices(confirmed(world, world.nghiepvu_badinh, ["A1", "A2", "A3", "A4"]))
    return SimpleNamespace(
        world=world,
        unit=unit,
        room=room,
        by=world.nghiepvu_badinh,
        an=person("HR1", "Nguyễn Văn An", room=room),
        binh=person("HR2", "Trần Thị Bình"),
        old=person("HR3", "Lê Văn Cũ", state="retired"),
        foreign=person("HR9", "Phạm Thị Xa", at=other),
        foreign_room=world.units["01.002.T1"],
        stock=stock,
        foreign_device=devices(confirmed(world, world.nghiepvu_hoankiem, ["B1"]))[0],
        person=person,
    )


@pytest.fixture
def norms(office):
    """The norms over the real catalogue, beside the small one of the tests."""
    load()
    load_norms()
    return office
