import socket

import pytest

from config.devstack import ports
from config.devstack.errors import StackError


@pytest.fixture
def taken():
    with socket.socket() as server:
        server.bind((ports.LOOPBACK, 0))
        server.listen(1)
        yield server.getsockname()[1]


def test_a_port_in_use_is_refused_with_the_variable_that_names_another(taken):
    assert not ports.is_free(taken)
    with pytest.raises(StackError) as refusal:
        ports.required("WEB_PORT", taken)
    assert str(refusal.value) == (
        f"Port {taken} on 127.0.0.1 is in use. Stop the program that uses it, or choose another port: "
        f"WEB_PORT={taken + 1} make run"
    )


def test_the_port_of_last_time_is_kept_while_it_is_free(places):
    first = ports.remembered(places, "POSTGRES_PORT", "postgres_port")
    assert ports.remembered(places, "POSTGRES_PORT", "postgres_port") == first


def test_a_remembered_port_that_was_taken_meanwhile_is_exchanged(places, taken):
    places.remember(postgres_port=taken)
    chosen = ports.remembered(places, "POSTGRES_PORT", "postgres_port")
    assert chosen != taken
    assert places.recall() == {"postgres_port": chosen}


def test_the_environment_names_the_port(places, monkeypatch, taken):
    free = ports.free_port()
    monkeypatch.setenv("POSTGRES_PORT", str(free))
    assert ports.remembered(places, "POSTGRES_PORT", "postgres_port") == free
    monkeypatch.setenv("POSTGRES_PORT", str(taken))
    with pytest.raises(StackError, match=f"Port {taken} on 127.0.0.1 is in use.*POSTGRES_PORT="):
        ports.remembered(places, "POSTGRES_PORT", "postgres_port")


@pytest.mark.parametrize("text", ["0", "65536", "web", "-1", "8000.5"])
def test_what_is_no_port_is_refused(monkeypatch, text):
    monkeypatch.setenv("WEB_PORT", text)
    with pytest.raises(StackError, match="WEB_PORT must be a port number from 1 to 65535"):
        ports.chosen("WEB_PORT", 8000)
