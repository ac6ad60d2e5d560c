"""A test lies where its subject lies: registry/actions/filing.py → tests/registry/actions/test_filing.py."""

from tests.house import tree

# Tests of the whole, of no single file.
WHOLE = ("tests/house/", "tests/journeys/", "tests/races/", "tests/safety/")
# Tests of what is not Python.
OTHERS = {
    "tests/config/test_compose.py": "docker-compose.yml",
    "tests/config/devstack/test_servers.py": "config/devstack/servers.py",
    "tests/test_cast.py": "tests/cast.py",
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
