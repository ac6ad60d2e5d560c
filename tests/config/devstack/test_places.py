import os
import stat
import subprocess
import sys
from collections import namedtuple

import pytest

from config.devstack import places as module
from config.devstack.errors import StackError
from config.devstack.places import LEAST_FREE_MEGABYTES, Places, offer_addresses


def test_memory_outlives_the_process_and_only_its_owner_reads_it(places):
    places.remember(postgres_port=5555)
    again = Places(places.var)
    assert again.recall() == {"postgres_port": 5555}
    assert stat.S_IMODE(places.memory.stat().st_mode) == 0o600


def test_a_secret_is_random_and_stays(places, tmp_path):
    first = places.secret("registry_password")
    assert len(first) >= 32
    assert Places(places.var).secret("registry_password") == first
    other = Places(tmp_path)
    other.prepare()
    assert other.secret("registry_password") != first


def test_damaged_memory_says_what_to_do(places):
    places.memory.write_text('{"postgres_port": ')
    with pytest.raises(StackError, match=r"devstack.json is damaged. Restore it from a copy; or"):
        places.recall()


def test_a_nearly_full_disk_is_told_before_anything_starts(var, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(module.shutil, "disk_usage", lambda path: usage(0, 0, 12 * 1024 * 1024))
    with pytest.raises(StackError) as refusal:
        Places(var).prepare()
    assert str(refusal.value) == (
        f"The disk that holds {var} is full: 12 MB are free and the servers need at least {LEAST_FREE_MEGABYTES} MB. "
        "Free some space, or set VAR_DIR to another disk."
    )


def test_a_folder_that_cannot_be_made_says_what_to_do(var):
    var.parent.joinpath("var").write_text("a file in the way")
    with pytest.raises(StackError, match=r"cannot be used: .*File exists.* set VAR_DIR to another folder"):
        Places(var).prepare()


def test_two_runs_cannot_hold_one_folder(places):
    with places.held(), pytest.raises(StackError) as refusal, Places(places.var).held():
        pass
    assert str(refusal.value).startswith(f"Another run (process {os.getpid()}) already uses {places.var}. Stop it")


def test_the_lock_of_a_killed_run_holds_nobody_up(places):
    program = (
        "import os, sys, signal; from pathlib import Path; from config.devstack.places import Places\n"
        "with Places(Path(sys.argv[1])).held(): os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", program, places.var], check=False)
    assert killed.returncode == -9
    with places.held():
        assert (places.var / "devstack.lock").read_text() == str(os.getpid())


def test_a_long_log_is_set_aside(places):
    log = places.log("web")
    log.write_bytes(b"x" * (11 * 1024 * 1024))
    assert places.log("web") == log
    assert not log.exists()
    assert log.with_suffix(".log.old").stat().st_size == 11 * 1024 * 1024


def test_commands_find_the_running_stack_but_the_environment_goes_first(places, monkeypatch):
    monkeypatch.setenv("VAR_DIR", str(places.var))
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere/1")
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.delenv("DATABASE_URL")
    places.publish(DATABASE_URL="postgresql://here/registry", REDIS_URL="redis://here/0")
    offer_addresses()
    found = os.environ.pop("DATABASE_URL"), os.environ["REDIS_URL"]
    assert found == ("postgresql://here/registry", "redis://elsewhere/1")
    assert stat.S_IMODE(places.addresses.stat().st_mode) == 0o600
    places.withdraw()
    assert places.running_addresses() == {}
