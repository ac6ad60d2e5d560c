"""Makes ``.venv`` and installs a hashed requirements file: ``python3 config/devstack/bootstrap.py requirements.txt``.

Run by the Makefile with the system's Python before anything is installed: standard library only, imported by nobody.
"""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
OLDEST = (3, 11)


def main(requirements: str) -> None:
    """Leave a ``.venv`` that holds the requirements, or exit with a sentence that says what to do."""
    if sys.version_info < OLDEST:
        sys.exit(f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed and this is {sys.version.split()[0]}. Install it.")
    if not _usable():
        _make_venv()
    print(f"Installing {requirements} into .venv", flush=True)
    install: list[str | Path] = [
        VENV / "bin" / "python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    done = subprocess.run([*install, "--require-hashes", "-r", ROOT / requirements], check=False)
    if done.returncode:
        sys.exit(
            f"The packages in {requirements} could not be installed; pip's reason is above. Check the network (or "
            "pip's configuration for your mirror) and the free disk space, and start again."
        )


def _usable() -> bool:
    python = VENV / "bin" / "python"
    if not python.exists():
        return False
    test = f"import pip, sys; sys.exit(sys.version_info < {OLDEST} or sys.prefix != {str(VENV)!r})"
    return subprocess.run([python, "-c", test], check=False, stderr=subprocess.DEVNULL).returncode == 0


def _make_venv() -> None:
    if not all(map(importlib.util.find_spec, ("venv", "ensurepip"))):
        sys.exit(
            "Python's venv module is missing. Install it (Debian, Ubuntu: apt-get install python3-venv; "
            "Fedora: dnf install python3) and start again."
        )
    print("Making .venv", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    done = subprocess.run([sys.executable, "-m", "venv", VENV], check=False)
    if done.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(f"{VENV} could not be made; the reason is above. Check the folder's owner and the free disk space.")


if __name__ == "__main__":
    main(sys.argv[1])
