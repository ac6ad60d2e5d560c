"""The files of the project, as the tests of the house walk them."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# From the top to the bottom: each may import what stands below it.
LAYERS = ("config", "mediation", "licensing", "registry", "accounts", "core")
APPS = LAYERS[1:]


def name(path: Path) -> str:
    """Return the path as it is written in messages and allow-lists."""
    return path.relative_to(ROOT).as_posix()


def under(*folders: str, kinds: tuple[str, ...]) -> list[Path]:
    """Return the files of these kinds in these folders, caches left out."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*"))
    return sorted(path for path in found if path.suffix in kinds and path.is_file() and "__pycache__" not in path.parts)


@cache
def sources() -> tuple[Path, ...]:
    """Return the Python files of the product, migrations left out: they are written by a program and never changed."""
    return tuple(path for path in under(*LAYERS, kinds=(".py",)) if "migrations" not in path.parts)


@cache
def test_files() -> tuple[Path, ...]:
    """Return the Python files of the tests."""
    return tuple(under("tests", kinds=(".py",)))


test_files.__test__ = False  # type: ignore[attr-defined]


@cache
def templates() -> tuple[Path, ...]:
    """Return the templates of pages, letters and documents."""
    return tuple(under("templates", kinds=(".html", ".txt", ".svg", ".xml", ".typ")))


@cache
def parse(path: Path) -> ast.Module:
    """Return the syntax tree of a Python file."""
    return ast.parse(path.read_text("utf-8"), str(path))


def within(path: Path, *places: str) -> bool:
    """Return whether the file is one of the places, or lies in one (a place that ends with a slash)."""
    relative = name(path)
    return any(relative.startswith(place) if place.endswith("/") else relative == place for place in places)


def pure() -> list[Path]:
    """Return the files of rules, lifecycles, fees, annuities, facts and the bulletin's log: no database, no clock."""
    folders = ("rules", "lifecycles", "fees", "pricing", "annuities", "bulletin", "intake")
    files = ("rules.py", "lifecycle.py", "facts.py", "differences.py", "reading.py", "wording.py")
    kernel = (
        "core/rules.py",
        "core/lifecycle.py",
        "core/money.py",
        "core/deadlines.py",
        "core/legal/",
        "core/identifiers/",
    )
    return [
        path
        for path in sources()
        if within(path, *kernel)
        or (
            path.relative_to(ROOT).parts[0] in APPS
            and (path.relative_to(ROOT).parts[1] in folders or name(path).split("/", 1)[1] in files)
        )
    ]


def actions() -> list[Path]:
    """Return the files of actions."""
    return [path for path in sources() if path.relative_to(ROOT).parts[1] == "actions"]
