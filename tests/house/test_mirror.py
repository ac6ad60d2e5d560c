"""A test lies where its subject lies: registry/actions/filing.py → tests/registry/actions/test_filing.py."""

from tests.house import tree

# Tests of the whole, of no single file.
WHOLE = ("tests/house/", "tests/journeys/", "tests/races/", "tests/safety/", "tests/browser/")
# Tests of what is not Python.
OTHERS = {
    "tests/config/test_compose.py": "docker-compose.yml",
    "tests/config/devstack/test_servers.py": "config/devstack/servers.py",
    "tests/test_cast.py": "tests/cast.py",
    # Tests of a folder: every constraint of its tables, every cell of its lifecycles, its acts in their order.
    "tests/accounts/models/test_constraints.py": "accounts/models/organisations.py",
    "tests/registry/models/test_statement_constraints.py": "registry/models/constraints.py",
    "tests/registry/models/test_row_constraints.py": "registry/models/bulletin.py",
    "tests/registry/actions/test_batch_figures.py": "registry/actions/batch_checking.py",
    "tests/registry/views/patentee/test_batches_in_browser.py": "registry/views/patentee/batches.py",
    "tests/registry/lifecycles/test_cells.py": "registry/lifecycles/statement.py",
    "tests/mediation/actions/test_acts.py": "mediation/actions/requesting.py",
    "tests/mediation/actions/test_clocks.py": "mediation/actions/closing.py",
    "tests/mediation/actions/test_races.py": "mediation/actions/closing.py",
    "tests/mediation/test_confidentiality.py": "mediation/permissions.py",
    "tests/mediation/views/test_journey.py": "mediation/urls.py",
    "tests/mediation/views/test_looks.py": "mediation/urls.py",
    "tests/accounts/test_in_browser.py": "accounts/urls.py",
    "tests/registry/admin/test_in_browser.py": "registry/admin/statements.py",
    "tests/licensing/admin/test_in_browser.py": "licensing/admin/aftermath.py",
    "tests/accounts/views/test_entrance.py": "accounts/urls.py",
    "tests/registry/views/test_looks.py": "registry/urls.py",
    "tests/core/test_outbox_crashes.py": "core/outbox.py",
    "tests/core/test_ui.py": "core/templatetags/ui.py",
}


def subject_exists(path):
    relative = path.relative_to(tree.ROOT / "tests")
    module = relative.with_name(path.stem.removeprefix("test_"))
    places = [tree.ROOT / module.with_suffix(".py"), tree.ROOT / module / "__init__.py"]
    if module.name == relative.parent.name:  # tests/registry/rules/test_rules.py: the package itself
        places.append(tree.ROOT / relative.parent / "__init__.py")
    return any(place.exists() for place in places)


def test_every_test_mirrors_a_file():
    files = [path for path in tree.test_files() if path.name.startswith("test_") and not tree.within(path, *WHOLE)]
    astray = [tree.name(path) for path in files if not subject_exists(path) and tree.name(path) not in OTHERS]
    assert astray == []


def test_the_exceptions_exist():
    assert [name for name, subject in OTHERS.items() if not (tree.ROOT / subject).exists()] == []
