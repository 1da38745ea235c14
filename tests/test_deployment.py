"""The files that describe production, held against the code that they configure."""

import os
import re
import shutil
import subprocess
import sys

import pytest
import yaml

from qltb.services import REPOSITORY

COMPOSE = yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
APPLICATION = ["prepare", "web", "worker", "jobs", "beat"]
SOURCES = "\n".join(path.read_text() for path in sorted((REPOSITORY / "qltb").glob("*.py")))
OPERATIONS = (REPOSITORY / "docs" / "operations.md").read_text()
# Read by the programs of others, or by compose itself.
FOREIGN = {"POSTGRES_PASSWORD", "POSTGRES_INITDB_ARGS", "QLTB_HOST"}


def settings_names():
    settings = "".join((REPOSITORY / "qltb" / name).read_text() for name in ("settings.py", "outside.py"))
    return set(re.findall(r"""\benv(?:\.\w+)?\(\s*["']([A-Z_]+)["']""", settings))


def documented_names():
    table = OPERATIONS.split("## Configuration")[1].split("\n## ")[0]
    first_cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    return {name for cell in first_cells for name in re.findall(r"`([A-Z_]+)`", cell)}


def test_every_name_in_the_compose_file_is_read_somewhere():
    for name, service in SERVICES.items():
        for variable in service.get("environment", {}):
            plain = variable.removesuffix("_FILE")
            assert plain in FOREIGN or f'"{plain}"' in SOURCES, (name, variable)


def test_every_setting_is_documented_and_nothing_else():
    assert settings_names() <= documented_names()
    for name in documented_names():
        assert f'"{name}"' in SOURCES, name


@pytest.mark.parametrize("name", SERVICES)
def test_services_are_confined(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["restart"] == ("no" if name == "prepare" else "unless-stopped")
    assert ("ports" in service) == (name == "proxy")
    assert "privileged" not in service
    assert name == "web" or "healthcheck" in service  # web has the image's own


def test_nothing_starts_before_what_it_needs():
    for name in ("web", "worker", "jobs", "beat"):
        assert SERVICES[name]["depends_on"] == {"prepare": {"condition": "service_completed_successfully"}}
    assert set(SERVICES["prepare"]["depends_on"]) == {"postgres", "valkey"}
    assert "proxy" not in COMPOSE["networks"]["data"]
    assert COMPOSE["networks"]["data"]["internal"] is True
    assert SERVICES["postgres"]["networks"] == SERVICES["valkey"]["networks"] == ["data"]
    assert SERVICES["proxy"]["networks"] == ["edge"]


def test_mounts_and_secrets_exist_and_are_declared():
    declared = {kind: set(COMPOSE[kind]) for kind in ("secrets", "volumes", "networks")}
    for name, service in SERVICES.items():
        assert set(service.get("secrets", ())) <= declared["secrets"], name
        assert set(service["networks"]) <= declared["networks"], name
        for mount in service.get("volumes", ()):
            source = mount.split(":")[0]
            assert source in declared["volumes"] or (REPOSITORY / source).is_file(), (name, mount)
        for value in service.get("environment", {}).values():
            if value.startswith("/run/secrets/"):
                assert value.rpartition("/")[2] in service["secrets"], (name, value)


def test_secrets_are_made_once_and_fit_together(tmp_path):
    script = shutil.copy(REPOSITORY / "deploy" / "make-secrets", tmp_path)
    subprocess.run([script, "--self-signed", "qltb.example"], check=True)
    made = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    assert set(made) == set(COMPOSE["secrets"])
    for name in set(made) - {"tls_key", "tls_certificate"}:
        assert made[name] == made[name].strip(), name
        assert len(made[name]) >= 64, name
    assert made["database_password"] in made["database_url"]
    assert made["valkey_password"] in made["redis_url"]
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700
    subprocess.run([script], check=True)
    assert {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()} == made


@pytest.mark.parametrize(
    "wrong", [{"DEMO": "true"}, {"DEBUG": "true"}, {"HTTPS": "false"}, {"SECRET_KEY": "changeme"}, {"SECRET_KEY": ""}]
)
def test_production_refuses_what_is_for_trials(wrong):
    env = {"PATH": os.environ["PATH"], "PRODUCTION": "true", "HTTPS": "true", "SECRET_KEY": "k" * 60}
    program = "import qltb.settings as s; print(s.PRODUCTION)"
    fine = subprocess.run([sys.executable, "-c", program], env=env, cwd=REPOSITORY, capture_output=True, check=True)
    assert fine.stdout.strip() == b"True"
    refused = subprocess.run(
        [sys.executable, "-c", program], env=env | wrong, cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert refused.returncode != 0
    assert "refuses to start" in refused.stderr


def test_what_the_address_of_the_database_asks_for_is_asked_of_the_driver():
    address = "postgresql://qltb:x@db.example/qltb?sslmode=verify-full"
    env = {"PATH": os.environ["PATH"], "SECRET_KEY": "k" * 60, "DATABASE_URL": address}
    program = "import qltb.settings as s; print(s.DATABASES['default']['OPTIONS'])"
    said = subprocess.run([sys.executable, "-c", program], env=env, cwd=REPOSITORY, capture_output=True, check=True)
    assert b"'sslmode': 'verify-full'" in said.stdout
    assert b"-c role=qltb_app" in said.stdout


def test_image_runs_without_privileges_and_pins_by_hash():
    lines = (REPOSITORY / "Dockerfile").read_text().splitlines()
    assert [line for line in lines if line.startswith("USER")] == ["USER qltb"]
    assert "--require-hashes" in "".join(lines)
    # The key of the build is one that production refuses.
    assert "SECRET_KEY=changeme" in "".join(lines)
