"""Imports and foreign keys point one way (docs/architecture.md)."""

import subprocess
import sys
import tomllib

from django.apps import apps
from django.db import models

from tests.house import tree

CONTRACTS = tomllib.loads((tree.ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


def test_imports_follow_the_contracts():
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-logo"]
    done = subprocess.run([*command, "--no-cache"], cwd=tree.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken." in done.stdout


def test_the_contracts_know_every_package_and_leave_no_module_out():
    apps_contract, *inside, _pure = CONTRACTS
    assert tuple(apps_contract["layers"]) == tree.LAYERS
    assert {contract["containers"][0] for contract in inside} == {"accounts", "registry", "licensing", "mediation"}
    assert [contract["name"] for contract in inside if not contract["exhaustive"]] == []


def upward(models_of_ours):
    """Return the relations that point from a lower app to one above it."""
    height = {app: -position for position, app in enumerate(tree.LAYERS)}
    return [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in models_of_ours
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and field.related_model._meta.app_label in height
        and height[field.related_model._meta.app_label] > height[model._meta.app_label]
    ]


def ours():
    return [model for app in tree.APPS for model in apps.get_app_config(app).get_models()]


def test_foreign_keys_point_down():
    assert len(ours()) > 30
    assert upward(ours()) == []


def test_a_foreign_key_that_points_up_is_seen():
    class Upward(models.Model):
        license = models.ForeignKey("licensing.License", models.PROTECT)

        class Meta:
            app_label = "registry"

        def __str__(self):
            return "upward"

    try:
        assert upward([Upward]) == ["registry.Upward.license → licensing.License"]
    finally:
        del apps.all_models["registry"]["upward"]
        apps.clear_cache()


def test_nothing_of_the_law_is_deleted_with_something_else():
    """What is entered is kept; only what can be written again from something else may go with it."""
    derived = ["registry.Ownership.patent", "registry.SearchEntry.statement"]
    cascades = [
        f"{model._meta.label}.{field.name}"
        for model in ours()
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.CASCADE
    ]
    assert sorted(cascades) == derived
