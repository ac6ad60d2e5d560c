"""Coverage floors, layer by layer: ``python -m tests.floors coverage.json``; exits with 1 below one.

The floors stand in pyproject.toml. A layer is named by patterns of its files; a file counts in the first layer that names
it. Both lines and branches count.
"""

import json
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SHOWN = 12


@dataclass
class Layer:
    """What was reached of some files, and how much of it must be, in percent."""

    name: str
    patterns: tuple[str, ...]
    floor: float
    reached: int = 0
    wanted: int = 0
    gaps: list[str] = field(default_factory=list)

    @property
    def percent(self) -> float:
        """Lines and branches reached, in percent; nothing to reach is everything."""
        return 100 * self.reached / self.wanted if self.wanted else 100.0

    @property
    def holds(self) -> bool:
        """Whether the floor is kept."""
        return self.percent >= self.floor

    def take(self, path: str, found: Mapping[str, Any]) -> None:
        """Count a file of a coverage report."""
        sums = found["summary"]
        self.reached += sums["covered_lines"] + sums["covered_branches"]
        self.wanted += sums["num_statements"] + sums["num_branches"]
        missing = [str(line) for line in found["missing_lines"]]
        missing += [
            f"{a}→{b if b > 0 else 'exit'}" for a, b in found["missing_branches"] if a not in found["missing_lines"]
        ]
        if missing:
            self.gaps.append(f"{path}: {', '.join(missing)}")


def layers(settings: Iterable[Mapping[str, Any]]) -> list[Layer]:
    """Return the layers of pyproject.toml, in their order."""
    return [Layer(item["name"], tuple(item["files"]), float(item["floor"])) for item in settings]


def measured(report: Mapping[str, Any], into: list[Layer]) -> list[Layer]:
    """Count every file of the report in its layer.

    Raises:
        LookupError: a file is in no layer.
    """
    for path, found in sorted(report["files"].items()):
        home = next((layer for layer in into if any(fnmatch(path, pattern) for pattern in layer.patterns)), None)
        if home is None:
            raise LookupError(f"{path} is in no layer of pyproject.toml")
        home.take(path, found)
    return into


def main(words: list[str]) -> int:
    """Print each layer with its figure; name the gaps of those below their floor."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["floors"]["layer"]
    found = measured(json.loads(Path(words[0]).read_text("utf-8")), layers(settings))
    for layer in found:
        print(f"{'ok  ' if layer.holds else 'LOW '} {layer.name:32} {layer.percent:6.2f} %  (floor {layer.floor:g} %)")
    low = [layer for layer in found if not layer.holds]
    for layer in low:
        print(f"\nNot reached in {layer.name}:", *layer.gaps[:SHOWN], sep="\n  ")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
