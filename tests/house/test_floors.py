"""The floors of coverage: every file has a layer, and a figure below its floor is said with its gaps."""

import json
import tomllib

import pytest

from tests.floors import layers, main, measured
from tests.house import tree

SETTINGS = tomllib.loads((tree.ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["floors"]["layer"]


def file(covered: int, statements: int, *, missing=(), branches=(0, 0), missing_branches=()) -> dict:
    sums = {
        "covered_lines": covered, "num_statements": statements, "covered_branches": branches[0],
        "num_branches": branches[1],
    }  # fmt: skip
    return {"summary": sums, "missing_lines": list(missing), "missing_branches": list(missing_branches)}


def test_the_strict_layers_are_those_of_the_house():
    strict = SETTINGS[0]
    report = {
        "files": {f"registry/{part}": file(1, 1) for part in ("rules/bars.py", "fees/caps.py", "actions/ending.py")}
    }
    report["files"] |= {f"accounts/{part}": file(1, 1) for part in ("rules.py", "permissions.py", "actions/people.py")}
    report["files"] |= {"mediation/lifecycles/case.py": file(1, 1), "registry/views/public/bulletin.py": file(1, 2)}
    found = measured(report, layers(SETTINGS))
    assert (found[0].name, found[0].wanted, found[-1].wanted) == (strict["name"], 7, 2)


def test_every_source_file_is_in_a_layer():
    files = [path.relative_to(tree.ROOT).as_posix() for path in tree.under(*tree.APPS, "config", kinds=(".py",))]
    measured({"files": {path: file(1, 1) for path in files}}, layers(SETTINGS))
    assert len(files) > 300


def test_a_file_without_a_layer_is_an_error():
    with pytest.raises(LookupError, match=r"elsewhere/x\.py"):
        measured({"files": {"elsewhere/x.py": file(1, 1)}}, layers(SETTINGS))


def test_a_branch_that_was_not_taken_is_below_hundred():
    (layer, *_rest) = measured(
        {"files": {"registry/rules/bars.py": file(9, 9, branches=(1, 2), missing_branches=[[7, -1]])}}, layers(SETTINGS)
    )
    assert (round(layer.percent, 2), layer.gaps) == (90.91, ["registry/rules/bars.py: 7→exit"])


def test_below_the_floor_the_gaps_are_named_and_the_build_fails(tmp_path, capsys):
    report = tmp_path / "coverage.json"
    report.write_text(json.dumps({"files": {"registry/rules/bars.py": file(1, 4, missing=[2, 3, 4])}}))
    assert main([str(report)]) == 1
    assert "registry/rules/bars.py: 2, 3, 4" in capsys.readouterr().out
    report.write_text(json.dumps({"files": {"registry/rules/bars.py": file(4, 4)}}))
    assert main([str(report)]) == 0
