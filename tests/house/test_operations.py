"""docs/operations.md names every variable of the environment, and no other; the kernel's list is the kernel's."""

import re

from tests.house import tree

PAGE = (tree.ROOT / "docs" / "operations.md").read_text("utf-8")
OUTSIDE_SETTINGS = {"DJANGO_SETTINGS_MODULE", "MIGRATION_DATABASE_URL"}


def test_the_table_has_every_variable_that_the_settings_read():
    read = {
        name
        for path in tree.under("config/settings", kinds=(".py",))
        for name in re.findall(r"\benv\.\w+\(\s*\"([A-Z_]+)\"", path.read_text("utf-8"))
    }
    assert len(read) > 20
    table = PAGE.split("## Environment")[1].split("## Ports")[0]
    told = {
        name for row in re.findall(r"^\| (`[A-Z_`, ]+`) \|", table, re.M) for name in re.findall(r"[A-Z_]{4,}", row)
    }
    assert (sorted(read - told), sorted(told - read - OUTSIDE_SETTINGS)) == ([], [])


def test_the_kernel_is_the_closed_list_of_its_decision():
    decision = (tree.ROOT / "docs" / "adr" / "0012-closed-kernel.md").read_text("utf-8")
    listed = set(re.findall(r"`((?:\w+/)*\w+(?:\.py|/))`", decision)) - {"core/"}
    standing = {
        path.name + ("/" if path.is_dir() else "")
        for path in (tree.ROOT / "core").iterdir()
        if path.name not in {"__init__.py", "apps.py", "migrations", "__pycache__", "templatetags"}
    }
    assert sorted(standing ^ {name for name in listed if not name.startswith("templatetags")}) == []


def test_every_decision_is_in_the_list():
    folder = tree.ROOT / "docs" / "adr"
    listed = re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", (folder / "README.md").read_text("utf-8"))
    assert listed == sorted(path.name for path in folder.glob("0*.md"))
