"""Health of a container: ``python -m config.healthcheck web`` or ``beat SCHEDULE``; exits with 1 when it is ill."""

import http.client
import os
import sys
import time
from pathlib import Path

# Beat writes its schedule at least every three minutes.
_BEAT_SILENCE_SECONDS = 600


def web(port: int = 8000) -> bool:
    """Return whether the site answers for itself and its database, asked as the proxy in front asks."""
    host = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip() or "localhost"
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        link.request("GET", "/healthz", headers={"Host": host, "X-Forwarded-Proto": "https"})
        return link.getresponse().status == 200
    except OSError:
        return False
    finally:
        link.close()


def beat(schedule: Path, now: float) -> bool:
    """Return whether beat wrote its schedule lately (``now`` in seconds since 1970)."""
    written = [path.stat().st_mtime for path in schedule.parent.glob(schedule.name + "*")]
    return bool(written) and now - max(written) < _BEAT_SILENCE_SECONDS


if __name__ == "__main__":
    well = web() if sys.argv[1] == "web" else beat(Path(sys.argv[2]), time.time())
    sys.exit(0 if well else 1)
