"""A process that publishes and is killed: one line of JSON in, one out. Started by test_bulletin_crashes.py.

``{"at": …, "after": n}`` kills the publisher after its n-th statement to the database (after the commit if there are
fewer), ``{"at": …, "within": s}`` after so many seconds, ``{"at": …}`` lets it live.
"""

import json
import os
import signal
import sys
import time
import traceback
from datetime import datetime

import django

django.setup()

from django.db import connection, transaction  # noqa: E402

from core.lifecycle import Actor  # noqa: E402
from registry.actions.publishing import publish_issue  # noqa: E402


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def publish(at: datetime, after: int | None) -> None:
    """Publish, and die after so many statements or on the commit."""
    done = 0

    def counted(execute, sql, params, many, context):
        nonlocal done
        result = execute(sql, params, many, context)
        done += 1
        if done == after:
            die()
        return result

    with connection.execute_wrapper(counted), transaction.atomic():
        if after is not None:
            transaction.on_commit(die)
        publish_issue(by=Actor.system("bulletin"), at=at)


def run(at: str, after: int | None = None, within: float | None = None) -> dict:
    """Publish in a process of its own and return how it ended and how long it took."""
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        try:
            publish(datetime.fromisoformat(at), after)
            connection.close()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    if within is not None:
        time.sleep(within)
        os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    return {
        "killed": os.WIFSIGNALED(status),
        "failed": os.WIFEXITED(status) and os.WEXITSTATUS(status) != 0,
        "seconds": time.monotonic() - began,
    }


if __name__ == "__main__":
    connection.close()
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        print(json.dumps(run(**json.loads(line))), flush=True)
