"""The Makefile's first step, run as a newcomer's machine runs it: a Python, and nothing installed."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from config.devstack import bootstrap

SCRIPT = Path(bootstrap.__file__)


@pytest.fixture
def project(tmp_path) -> Path:
    """A project whose requirements file is empty, so that nothing is fetched."""
    folder = tmp_path / "project" / "config" / "devstack"
    folder.mkdir(parents=True)
    shutil.copy(SCRIPT, folder)
    (tmp_path / "project" / "requirements.txt").write_text("# nothing\n")
    return tmp_path / "project"


def run(project: Path, requirements: str = "requirements.txt") -> subprocess.CompletedProcess:
    script = project / "config" / "devstack" / "bootstrap.py"
    return subprocess.run(
        [sys.executable, script, requirements], check=False, capture_output=True, text=True, cwd=project
    )


def test_it_makes_the_environment_once_and_again_when_its_python_is_gone(project):
    first = run(project)
    assert (first.returncode, "Making .venv" in first.stdout) == (0, True)
    again = run(project)
    assert (again.returncode, "Making .venv" in again.stdout) == (0, False)
    for name in ("python", "python3"):
        (project / ".venv" / "bin" / name).unlink()
        (project / ".venv" / "bin" / name).symlink_to("/nowhere/python3")
    mended = run(project)
    assert (mended.returncode, "Making .venv" in mended.stdout) == (0, True)


def test_a_requirement_without_a_hash_is_refused_with_a_sentence(project):
    (project / "requirements.txt").write_text("django==5.2\n")
    refused = run(project)
    assert refused.returncode == 1
    assert "require-hashes" in refused.stderr or "hash" in refused.stderr
    assert refused.stderr.strip().endswith("and the free disk space, and start again.")


def test_an_old_python_and_a_missing_venv_module_get_a_sentence(monkeypatch):
    with monkeypatch.context() as old:
        old.setattr(bootstrap.sys, "version_info", (3, 10, 4))
        with pytest.raises(SystemExit, match=r"Python 3.11 or newer is needed and this is"):
            bootstrap.main("requirements.txt")
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(bootstrap, "_usable", lambda: False)
    with pytest.raises(SystemExit, match=r"venv module is missing. Install it \(Debian, Ubuntu: apt-get install"):
        bootstrap.main("requirements.txt")
