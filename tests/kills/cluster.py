"""A throw-away PostgreSQL server on loopback, run by a user that is not root, and its databases as stores."""
import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from program import LIMIT, Broken, Life

# A transaction that has written and not ended; its session says COMMIT once it is about to.
WRITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = '{0}' AND backend_xid IS NOT NULL;"

PROGRAMS = ("initdb", "pg_ctl", "psql")


def binaries():
    """The folder of the server's programs, which Debian keeps off the PATH; None where there is none."""
    folders = [Path(folder) for folder in os.environ.get("PATH", "").split(":")] + sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if all((folder / program).exists() for program in PROGRAMS)), None)


def free_port():
    """Below those that the system gives to connections, one of which could else have it while the server is away. Anywhere there: who asks at the same time is to find another."""
    for port in random.sample(range(20000, 32000), 100):
        try:
            with socket.create_server(("127.0.0.1", port)):
                return port
        except OSError:
            continue
    raise Broken("there is no free port")


class Cluster:
    """Started when made; gone when closed."""

    def __init__(self):
        self.bin = binaries()
        if self.bin is None:
            raise Broken("there is no initdb (Debian: postgresql)")
        self.folder = Path(tempfile.mkdtemp(prefix="cartingest-pg-"))
        self.databases = 0
        if os.geteuid() == 0:
            shutil.chown(self.folder, "nobody")
        self.port = free_port()
        self.run(f"{self.bin}/initdb -D {self.folder}/data -U postgres -A trust --no-sync -E UTF8 --locale=C")
        self.start()

    def start(self):
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        self.run(f"{self.bin}/pg_ctl -D {self.folder}/data -w -t {LIMIT} -l {self.folder}/log -o '{options}' start")

    def stop_at_once(self):
        """What a crash of the server does: no session is told, nothing is written any more; the next start recovers."""
        self.run(f"{self.bin}/pg_ctl -D {self.folder}/data -m immediate stop")

    def kill(self):
        """SIGKILL to the server and all its sessions."""
        server = int((self.folder / "data/postmaster.pid").read_text().split()[0])
        family = [server, *children(server)]
        for process in family:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass
        until = time.monotonic() + LIMIT
        while any(lives(process) for process in family) and time.monotonic() < until:
            time.sleep(0.01)
        # Where nobody fetches the dead, the next server would take the number in these files for a living one.
        for lock in (self.folder / "data/postmaster.pid", self.folder / f".s.PGSQL.{self.port}.lock"):
            lock.unlink(missing_ok=True)

    def new_store(self):
        self.databases += 1
        name = f"store{self.databases}"
        self.psql("postgres", f"CREATE DATABASE {name}")
        return PostgresStore(self, name)

    def psql(self, database, statement):
        return subprocess.run([*self.client(database), "-c", statement], check=True, capture_output=True, text=True).stdout.strip()

    def client(self, database):
        return [f"{self.bin}/psql", "-XAtq", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "-d", database]

    def runs(self):
        return (self.folder / "data/postmaster.pid").exists()

    def close(self):
        if self.runs():
            self.kill()
        shutil.rmtree(self.folder)

    def run(self, command):
        """Output is thrown away: a server that inherits a pipe would keep it open for ever."""
        user = ["su", "nobody", "-s", "/bin/sh", "-c"] if os.geteuid() == 0 else ["/bin/sh", "-c"]
        ended = subprocess.run([*user, f"cd / && {command}"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if ended.returncode != 0:
            log = self.folder / "log"
            raise Broken(f"{command} ended with {ended.returncode}:\n{log.read_text()[-2000:] if log.exists() else ''}")


class PostgresStore:
    """A database of its own, dropped when closed."""

    arguments = ["--set", "Storage:Provider=PostgreSql"]

    def __init__(self, cluster, name):
        self.cluster, self.name = cluster, name
        self.environment = {"Storage__ConnectionString": f"Host=127.0.0.1;Port={cluster.port};Username=postgres;Database={name}"}
        self.open_transactions = False

    def await_commit(self, life, writes):
        """Returns the moment after transactions that have written were seen so many times; false when they were not."""
        watch = subprocess.Popen(self.cluster.client("postgres"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        try:
            while not life.ended():
                watch.stdin.write(WRITING.format(self.name) + "\n")
                writes -= int(watch.stdout.readline())
                if writes <= 0:
                    self.open_transactions = True
                    return True
            return False
        finally:
            watch.kill()
            watch.wait()
            watch.stdin.close()
            watch.stdout.close()

    def inside_commit(self):
        """Whether a transaction that had written was open when the process was killed."""
        seen, self.open_transactions = self.open_transactions, False
        return seen

    def ledger(self, scratch):
        """A backup of the store: the same book in a SQLite file."""
        file = scratch / f"{self.name}.db"
        Life(["backup", str(file), *self.arguments], self.environment).end(0)
        return file

    def close(self):
        if self.cluster.runs():
            self.cluster.psql("postgres", f"DROP DATABASE {self.name} WITH (FORCE)")


def children(parent):
    return [int(stat.parent.name) for stat in Path("/proc").glob("[0-9]*/stat") if parent_of(stat) == parent]


def parent_of(stat):
    try:
        return int(stat.read_text().rpartition(")")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return None


def lives(process):
    """A zombie that nobody has fetched yet is dead."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
