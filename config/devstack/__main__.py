"""``python -m config.devstack`` runs the stack; ``python -m config.devstack manage …`` one command on its servers."""

import os
import sys
from pathlib import Path

from config.devstack.errors import StackError
from config.devstack.places import Places
from config.devstack.supervisor import ROOT, Supervisor, run_command


def main(words: list[str]) -> int:
    """Return the exit code; a failure is one sentence on standard error."""
    places = Places(Path(os.environ.get("VAR_DIR") or ROOT / "var"))
    try:
        if words[:1] == ["manage"]:
            return run_command(places, words[1:])
        return Supervisor(places).run()
    except StackError as error:
        print(f"\n{error}", file=sys.stderr, flush=True)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
