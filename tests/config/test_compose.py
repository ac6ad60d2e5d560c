"""No container engine is at hand where tests run, so the files are read and held against the settings."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()
SERVICES = COMPOSE["services"]
OURS = ("web", "worker", "beat")
ALL_OURS = ("prepare", *OURS)
# Read by Django itself, not by a settings module.
FRAMEWORK = {"DJANGO_SETTINGS_MODULE"}
REFERENCE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")


def read_by_settings(*modules: str) -> dict[str, bool]:
    """Return each environment variable that the settings read and whether it has a default."""
    found: dict[str, bool] = {}
    for module in modules:
        tree = ast.parse((ROOT / "config" / "settings" / f"{module}.py").read_text())
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            reader = call.func
            if isinstance(reader, ast.Attribute) and isinstance(reader.value, ast.Name) and reader.value.id == "env":
                if reader.attr == "database":
                    continue
                assert isinstance(call.args[0], ast.Constant), ast.unparse(call)
                name = call.args[0].value
                has_default = reader.attr in {"flag", "words"} or len(call.args) > 1
                found[name] = has_default and found.get(name, True)
    return found


def example_environment(service: str) -> dict[str, str]:
    """Return the service's environment as the engine would, with an example for every secret."""

    def value(match: re.Match[str]) -> str:
        return "example" if match[2] == "?" else (match[3] or "")

    return {name: REFERENCE.sub(value, str(text)) for name, text in SERVICES[service]["environment"].items()}


def test_the_services_are_all_there():
    assert sorted(SERVICES) == ["beat", "postgres", "prepare", "redis", "web", "worker"]


def test_one_image_three_commands():
    assert {SERVICES[name]["image"] for name in ALL_OURS} == {"patent-open-license-registry"}
    assert {SERVICES[name]["build"] for name in ALL_OURS} == {"."}
    assert len({str(SERVICES[name]["command"]) for name in OURS}) == 3


@pytest.mark.parametrize("service", ALL_OURS)
def test_the_environment_sets_what_the_settings_need_and_nothing_they_do_not_read(service):
    settings = read_by_settings("base", "prod")
    given = set(SERVICES[service]["environment"]) - FRAMEWORK
    assert given - set(settings) == set(), "set, but no setting reads it"
    assert {name for name, has_default in settings.items() if not has_default} - given == set(), "needed, but not set"


def test_the_three_share_one_environment():
    assert SERVICES["web"]["environment"] == SERVICES["worker"]["environment"] == SERVICES["beat"]["environment"]


def test_only_the_preparation_can_become_the_owner_of_the_tables():
    told = {name for name, service in SERVICES.items() if "OWNER_PASSWORD" in str(service.get("environment"))}
    assert told == {"prepare", "postgres"}
    assert SERVICES["prepare"]["command"][2].splitlines() == [
        "python manage.py migrate --no-input",
        "python manage.py createcachetable",
        "python manage.py secure_database registry",
    ]
    roles = COMPOSE["configs"]["database_roles"]["content"]
    assert ("OWNER registry_owner" in roles, "SUPERUSER" in roles) == (True, False)


def test_no_secret_has_a_default():
    text = (ROOT / "docker-compose.yml").read_text()
    kinds = {match[1]: match[2] for match in REFERENCE.finditer(text)}
    secrets = {
        "SECRET_KEY",
        "BULLETIN_SIGNING_KEYS",
        "IDENTITY_KEYS",
        "IDENTITY_HASH_KEY",
        "POSTGRES_PASSWORD",
        "REGISTRY_PASSWORD",
        "OWNER_PASSWORD",
    }
    assert {name for name, kind in kinds.items() if kind == "?"} == secrets


def test_the_addresses_name_the_services():
    environment = example_environment("web")
    assert environment["DATABASE_URL"] == "postgresql://registry:example@postgres:5432/registry"
    assert environment["REDIS_URL"] == "redis://redis:6379/0"
    assert "CREATE DATABASE registry OWNER registry_owner;" in COMPOSE["configs"]["database_roles"]["content"]


def test_the_settings_load_with_the_environment():
    program = (
        "import json; from django.conf import settings as s; "
        "print(json.dumps([s.DATABASES['default']['HOST'], s.CELERY_BROKER_URL, s.DEBUG, s.DEVELOPMENT_MARK]))"
    )
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **example_environment("web")}
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True, env=environment)
    assert done.stderr == ""
    assert json.loads(done.stdout) == ["postgres", "redis://redis:6379/0", False, False]


def commands() -> list[list[str]]:
    """Return every command line that a container of ours runs."""
    lines = [SERVICES["worker"]["command"], SERVICES["beat"]["command"]]
    for name in ("prepare", "web"):
        lines += [line.removeprefix("exec ").split() for line in SERVICES[name]["command"][2].splitlines()]
    lines += [SERVICES[name]["healthcheck"]["test"][1:] for name in OURS]
    lines += [json.loads(match) for match in re.findall(r"^CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)]
    return lines


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_each_command_names_a_program_that_is_installed(command):
    program, *rest = command
    if program == "python" and rest[0] == "-m":
        assert (ROOT / (rest[1].replace(".", "/") + ".py")).exists()
    elif program == "python":
        assert (ROOT / rest[0]).exists()
    else:
        assert shutil.which(program, path=str(Path(sys.executable).parent)), program


def test_every_service_says_how_it_is_and_waits_for_what_it_needs():
    assert all("healthcheck" in service for name, service in SERVICES.items() if name != "prepare")
    waits = {name: set(SERVICES[name]["depends_on"]) for name in ALL_OURS}
    assert waits == {"prepare": {"postgres"}, "web": {"prepare", "redis"}, "worker": {"web"}, "beat": {"web"}}
    conditions = {(of, wait["condition"]) for name in ALL_OURS for of, wait in SERVICES[name]["depends_on"].items()}
    ended = {("prepare", "service_completed_successfully")}
    assert conditions == ended | {(of, "service_healthy") for of in ("postgres", "redis", "web")}


def test_every_volume_is_declared_and_used():
    used = {mount.split(":")[0] for service in SERVICES.values() for mount in service["volumes"]}
    assert used == set(COMPOSE["volumes"])


def test_only_the_site_is_published_and_only_to_this_machine():
    assert {name: service["ports"] for name, service in SERVICES.items() if "ports" in service} == {
        "web": ["127.0.0.1:8000:8000"]
    }


def test_the_image_installs_hashed_requirements_and_runs_as_nobody_in_particular():
    steps = [line for line in DOCKERFILE.splitlines() if line and not line.startswith((" ", "#"))]
    assert steps[0].startswith("FROM python:3.11")
    assert any("--require-hashes -r requirements.txt" in step for step in steps)
    users = [step for step in steps if step.startswith("USER")]
    assert users == ["USER registry"]
    assert steps.index("USER registry") < next(i for i, step in enumerate(steps) if step.startswith("CMD"))


def test_secrets_and_data_stay_out_of_the_image():
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {".git", ".venv", "var", ".env"} <= set(ignored)
