"""Plants each deliberate defect of defects.toml in a copy of the tree and says which one no test has seen.

``python -m tests.safety.defects [WORDS]``: all of them, or those whose description has the words.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

from config.devstack.places import Places
from config.devstack.servers import Servers

ROOT = Path(__file__).resolve().parents[2]
FAILED = 1  # what pytest answers when tests ran and some failed


@dataclass(frozen=True, slots=True)
class Defect:
    """One broken line, and the tests that must see it."""

    what: str
    file: str
    before: str
    after: str
    tests: str

    def plant(self, tree: Path) -> str:
        """Break the line in this tree and return the sound text."""
        sound = (tree / self.file).read_text("utf-8")
        (tree / self.file).write_text(sound.replace(self.before, self.after), "utf-8")
        return sound


def defects() -> list[Defect]:
    """Return the kept list."""
    with (ROOT / "tests" / "safety" / "defects.toml").open("rb") as file:
        return [Defect(**row) for row in tomllib.load(file)["defect"]]


def _copy(target: Path) -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target / name)
    for catalogue in ROOT.glob("locale/*/LC_MESSAGES/*.mo"):
        shutil.copy2(catalogue, target / catalogue.relative_to(ROOT))


def _pytest(tree: Path, tests: str, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-B", "-m", "pytest", "-q", "-x", "-n0", "--reuse-db", *options, *tests.split()]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)


def main(words: str) -> int:
    """Plant them one by one; return how many were not seen."""
    wanted = [defect for defect in defects() if words in defect.what]
    unseen = []
    with tempfile.TemporaryDirectory(prefix="open-license-defects-") as folder:
        Path(folder).chmod(0o711)
        tree = Path(folder) / "tree"
        _copy(tree)
        places = Places(Path(folder) / "servers")
        places.prepare()
        servers = Servers(places, throwaway=True)
        servers.start()
        os.environ |= {"DATABASE_URL": servers.database_url, "REDIS_URL": servers.redis_url}
        try:
            for number, defect in enumerate(wanted, start=1):
                sound = defect.plant(tree)
                done = _pytest(tree, defect.tests)
                (tree / defect.file).write_text(sound, "utf-8")
                seen = done.returncode == FAILED
                print(f"{number:3}/{len(wanted)} {'seen  ' if seen else 'UNSEEN'} {defect.what}", flush=True)
                if not seen:
                    unseen.append(defect)
                    print(done.stdout[-800:], flush=True)
        finally:
            servers.stop()
    print(f"{len(wanted) - len(unseen)} of {len(wanted)} defects were seen by the tests.")
    return len(unseen)


if __name__ == "__main__":
    sys.exit(min(main(" ".join(sys.argv[1:])), 1))
