"""TCP ports on the loopback address."""

import os
import socket

from config.devstack.errors import StackError
from config.devstack.places import Places

LOOPBACK = "127.0.0.1"


def is_free(port: int, host: str = LOOPBACK) -> bool:
    """Return whether a server could listen on the port now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        # As servers do: a port whose last connections merely linger is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError:
            return False
    return True


def free_port() -> int:
    """Return a port that is free at this moment."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def chosen(variable: str, default: int | None = None) -> int | None:
    """Return the port the environment names, else the default. Raises StackError for anything but 1-65535."""
    text = os.environ.get(variable, "").strip()
    if not text:
        return default
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise StackError(f"{variable} must be a port number from 1 to 65535, not {text!r}. Mend it and start again.")
    return int(text)


def required(variable: str, port: int, host: str = LOOPBACK) -> int:
    """Return the port, which must be free. Raises StackError with the variable that names another."""
    if not is_free(port, host):
        raise StackError(
            f"Port {port} on {host} is in use. Stop the program that uses it, or choose another port: "
            f"{variable}={port + 1 if port < 65535 else 8000} make run"
        )
    return port


def remembered(places: Places, variable: str, key: str) -> int:
    """Return the port a server should use: the environment's, else last time's if it is free, else any free one."""
    named = chosen(variable)
    if named is not None:
        return required(variable, named)
    port = places.recall().get(key)
    if isinstance(port, int) and is_free(port):
        return port
    port = free_port()
    places.remember(**{key: port})
    return port
