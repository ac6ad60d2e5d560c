"""mypy is strict where the law is (docs/architecture.md); `make types` runs it."""

import fnmatch
import tomllib

from tests.house import tree

MYPY = tomllib.loads((tree.ROOT / "pyproject.toml").read_text())["tool"]["mypy"]
STRICT = [override for override in MYPY["overrides"] if override.get("disallow_untyped_defs")]


def strict(module):
    return any(fnmatch.fnmatchcase(module, pattern) for override in STRICT for pattern in override["module"])


def test_the_kernel_rules_lifecycles_fees_and_actions_are_strict():
    kernel = [path for path in tree.sources() if tree.within(path, "core/")]
    modules = {
        tree.name(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for path in (*kernel, *tree.pure(), *tree.actions())
    }
    assert len(modules) > 60
    assert sorted(module for module in modules if not strict(module)) == []


def test_strict_means_strict():
    wanted = {"disallow_untyped_defs", "disallow_incomplete_defs", "check_untyped_defs", "strict_equality"}
    assert [sorted(wanted - {key for key, value in override.items() if value is True}) for override in STRICT] == [[]]


def test_nothing_of_the_product_is_left_out():
    assert [pattern for pattern in MYPY["exclude"] if pattern not in {"migrations/", "^tests/"}] == []
    assert not [override for override in MYPY["overrides"] if override.get("ignore_errors")]
