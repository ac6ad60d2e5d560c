"""The scanner port against a real socket that speaks clamd's protocol: clean, infected, silent, absent."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import override

from core.validation import UploadRefused
from core.validation.scanning import ClamdScanner, NoScanner, configured_scanner

Verdict = Callable[[bytes], bytes]


def exactly(connection: socket.socket, length: int) -> bytes:
    data = b""
    while len(data) < length:
        data += connection.recv(length - len(data))
    return data


def answer(server: socket.socket, verdict: Verdict) -> None:
    connection, _address = server.accept()
    with connection:
        assert exactly(connection, 10) == b"zINSTREAM\0"
        data = b""
        while length := struct.unpack("!L", exactly(connection, 4))[0]:
            data += exactly(connection, length)
        connection.sendall(verdict(data))


@pytest.fixture
def clamd() -> Iterator[Callable[..., tuple[str, int]]]:
    servers: list[socket.socket] = []

    def start(verdict: Verdict, path: Path | None = None) -> tuple[str, int]:
        if path is None:
            server = socket.create_server(("127.0.0.1", 0))
        else:
            server = socket.socket(socket.AF_UNIX)
            server.bind(str(path))
            server.listen()
        servers.append(server)
        threading.Thread(target=answer, args=(server, verdict), daemon=True).start()
        return server.getsockname()

    yield start
    for server in servers:
        server.close()


def by_content(data: bytes) -> bytes:
    return b"stream: Eicar FOUND\0" if b"EICAR" in data else b"stream: OK\0"


def test_the_whole_file_is_sent_and_clean_passes(clamd: Callable[..., tuple[str, int]]) -> None:
    seen: list[bytes] = []
    address = clamd(lambda data: seen.append(data) or b"stream: OK\0")
    data = bytes(range(256)) * 700

    ClamdScanner(address).scan(data)

    assert seen == [data]
    assert ClamdScanner(address).notice == ""


def test_an_infected_file_is_refused(clamd: Callable[..., tuple[str, int]]) -> None:
    with pytest.raises(UploadRefused) as caught:
        ClamdScanner(clamd(by_content)).scan(b"..EICAR..")
    assert caught.value.code == "infected"


@pytest.mark.parametrize(
    "reply",
    [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK but", b"x" * 9000, b"stream: Can't read ERROR\0"],
)
def test_anything_but_a_clear_verdict_refuses(clamd: Callable[..., tuple[str, int]], reply: bytes) -> None:
    with pytest.raises(UploadRefused) as caught:
        ClamdScanner(clamd(lambda _data: reply)).scan(b"x")
    assert caught.value.code == "scanner_down"


def test_a_unix_socket_serves_as_well(clamd: Callable[..., tuple[str, int]], tmp_path: Path) -> None:
    clamd(by_content, tmp_path / "clamd")
    with pytest.raises(UploadRefused) as caught:
        ClamdScanner(str(tmp_path / "clamd")).scan(b"EICAR")
    assert caught.value.code == "infected"


def test_a_scanner_that_is_down_lets_nothing_through(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    for address in (("127.0.0.1", port), str(tmp_path / "missing")):
        with pytest.raises(UploadRefused) as caught:
            ClamdScanner(address).scan(b"x")
        assert caught.value.code == "scanner_down"


def test_a_scanner_that_hangs_lets_nothing_through() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        with pytest.raises(UploadRefused) as caught:
            ClamdScanner(server.getsockname(), timeout=0.2).scan(b"x")
        assert caught.value.code == "scanner_down"


def test_development_says_that_nothing_is_scanned(settings: object) -> None:
    settings.VIRUS_SCANNER = ""
    scanner = configured_scanner()
    scanner.scan(b"EICAR")

    assert scanner == NoScanner()
    with override("en"):
        assert str(scanner.notice) == "Uploaded files are not scanned for viruses: no scanner is configured."


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("clamd://scanner:3311", ("scanner", 3311)),
        ("clamd://scanner", ("scanner", 3310)),
        ("clamd:///run/clamd.sock", "/run/clamd.sock"),
    ],
)
def test_the_setting_names_the_scanner(settings: object, address: str, expected: object) -> None:
    settings.VIRUS_SCANNER = address
    assert configured_scanner() == ClamdScanner(expected)


@pytest.mark.parametrize("address", ["http://scanner", "clamd:", "yes"])
def test_a_setting_that_names_none_stops_the_upload(settings: object, address: str) -> None:
    settings.VIRUS_SCANNER = address
    with pytest.raises(ImproperlyConfigured, match="VIRUS_SCANNER must be"):
        configured_scanner()
