"""Each thing is done in one place only, and some things nowhere (docs/architecture.md)."""

import ast
import re
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

from django.apps import apps

from tests.house import finders, tree

# Who may declare text free of markup: both build it from escaped parts.
MAKERS_OF_MARKUP = ("core/templatetags/ui.py", "core/charts.py")

# Where Chinese in code is data, not text for people to be translated.
CHINESE_DATA = (
    "registry/bulletin/notes.py",  # the line of a checkpoint that says it has no legal effect
    "registry/bulletin/verifier.py",  # the same line
    "core/legal/",  # titles of statutes, forms of citation
    "core/identifiers/",  # names of regions and industries
    "core/money.py",  # 万元, 亿元: units that only Chinese has
    "registry/intake/",  # column names and unit words of the deliveries
    "registry/reading.py",  # units of money as people type them
    "registry/wording.py",  # words that a statement may not use
    "config/styleguide.py",  # examples of real titles and names, development only
)

MONEY = (
    "core/money.py",
    "core/legal/settings.py",
    "registry/fees/",
    "registry/pricing/",
    "registry/facts.py",
    "licensing/",
)
NO_HOME = {"utils", "helpers", "common", "misc", "util", "helper", "services", "managers"}


def offences(paths: Iterable[Path], find: Callable[[ast.Module], Iterable[int]], *allowed: str) -> list[str]:
    return [
        f"{tree.name(path)}:{line}"
        for path in paths
        if not tree.within(path, *allowed)
        for line in find(tree.parse(path))
    ]


def test_a_status_is_written_by_the_transitions_alone():
    assert offences(tree.sources(), finders.status_writes, "core/transitions.py") == []


def test_tasks_are_sent_by_the_outbox_alone():
    assert offences(tree.sources(), finders.broker_calls, "core/outbox.py") == []


def test_rules_lifecycles_fees_and_annuities_read_no_clock():
    assert offences(tree.pure(), finders.clock_reads) == []


def test_actions_are_told_the_time():
    assert offences(tree.actions(), finders.clock_reads) == []


def test_rules_lifecycles_fees_and_annuities_ask_no_database():
    assert offences(tree.pure(), finders.queries) == []


def test_money_is_never_a_float():
    money = [path for path in tree.sources() if tree.within(path, *MONEY)]
    assert offences(money, finders.floats) == []


def test_no_model_signals():
    assert offences(tree.sources(), finders.signals) == []


def test_markup_is_made_in_the_page_components_alone():
    assert offences(tree.sources(), finders.safe_marks, *MAKERS_OF_MARKUP) == []


def test_text_for_people_is_english_in_code():
    assert offences(tree.sources(), finders.chinese_strings, *CHINESE_DATA) == []


def test_every_module_has_a_name_that_says_what_it_holds():
    nameless = [
        tree.name(path) for path in tree.sources() if NO_HOME & {path.stem, *path.relative_to(tree.ROOT).parent.parts}
    ]
    assert nameless == []


def test_every_folder_of_code_is_a_package():
    folders = {path.parent for path in tree.sources()}
    assert [tree.name(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_the_project_names_no_package_registry():
    hosts = re.compile(
        "|".join(("py" + r"pi\.org", "python" + r"hosted", "registry.npm" + "js", r"--(extra-)?index" + "-url"))
    )
    kept = [
        path
        for path in tree.ROOT.iterdir()
        if path.is_file() and path.name not in {".coverage"} and not path.name.startswith(".coverage.")
    ]
    ours = tree.under(
        "docs",
        "tests",
        "templates",
        "static",
        ".ci",
        *tree.LAYERS,
        kinds=(".py", ".md", ".yml", ".html", ".js", ".css", ""),
    )
    found = [tree.name(path) for path in (*kept, *ours) if hosts.search(path.read_text("utf-8", "replace"))]
    assert found == []


def test_requirements_name_no_address_at_all():
    files = sorted(tree.ROOT.glob("requirements*"))
    assert len(files) == 4
    assert [path.name for path in files if "://" in path.read_text("utf-8")] == []


def test_every_requirement_is_pinned_by_hash():
    for path in (tree.ROOT / "requirements.txt", tree.ROOT / "requirements-dev.txt"):
        entries = re.split(r"\n(?=\S)", path.read_text("utf-8").strip())
        assert [entry.splitlines()[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_what_is_public_says_what_it_means():
    """ruff looks for docstrings of modules, classes, methods and functions; only the tests go without."""
    ruff = tomllib.loads((tree.ROOT / "pyproject.toml").read_text())["tool"]["ruff"]["lint"]
    assert {"D100", "D101", "D102", "D103"} <= set(ruff["select"])
    without = {name for name, rules in ruff["per-file-ignores"].items() if any(rule.startswith("D1") for rule in rules)}
    assert without == {"core/templatetags/ui.py"}


def test_no_row_that_is_kept_for_ever_is_locked():
    """The application's database role cannot lock what it cannot change (docs/adr/0018): lock what the row is about."""
    kept = {
        model.__name__
        for model in apps.get_models()
        if any(trigger.name.endswith("_append_only") for trigger in getattr(model._meta, "triggers", ()))
    }
    locked = [
        f"{tree.name(path)}: {model}"
        for path in tree.sources()
        for model in re.findall(r"(\w+)\.objects\.select_for_update", path.read_text("utf-8"))
        if model in kept
    ]
    assert len(kept) > 20
    assert locked == []
