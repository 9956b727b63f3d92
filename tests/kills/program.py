"""The built executable as a process that may be killed."""
import os
import platform
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXECUTABLE = Path(os.environ.get("CARTINGEST_PROGRAM", ROOT / "src/CarTIngest.Host/bin/Debug/net10.0/cartingest"))
LIMIT = 300  # seconds; a life that takes longer waits for something that never comes
KILLED = -9
FLUSHES = ("82", "83") if platform.machine() == "aarch64" else ("74", "75")  # fsync and fdatasync
CRASHED = ("This should not have happened", "Unhandled exception", "   at CarTIngest.")


class Broken(Exception):
    """The proof failed: what is said here must never be."""


def system_call(task):
    try:
        return task.read_text().split()[0]
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return None


class Life:
    """One process from its start to its end."""

    def __init__(self, arguments, environment):
        self.arguments = arguments
        self.out, self.err = tempfile.TemporaryFile(), tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [EXECUTABLE, *arguments], stdin=subprocess.DEVNULL, stdout=self.out, stderr=self.err, env={**os.environ, **environment})
        self.began = time.monotonic()

    def ended(self):
        return self.process.poll() is not None

    def last(self, seconds):
        """Whether the process still lives after so many seconds."""
        try:
            self.process.wait(max(seconds, 0))
            return False
        except subprocess.TimeoutExpired:
            return True

    def kill(self):
        """Says whether the process was waiting for the disk to take what it had written, as it does within a commit."""
        self.process.kill()
        flushing = any(system_call(task) in FLUSHES for task in Path(f"/proc/{self.process.pid}/task").glob("*/syscall"))
        self.process.wait()
        return flushing

    def end(self, *codes):
        """Waits for the end, which must be one of these exit codes without a trace of the code in its words."""
        if self.last(LIMIT):
            self.kill()
            raise Broken(f"{self.call} had not ended after {LIMIT} seconds:\n{self.said()}")
        said = self.said()
        if self.process.returncode not in codes or any(word in said for word in CRASHED):
            raise Broken(f"{self.call} ended with {self.process.returncode}:\n{said}")
        return self.process.returncode

    def said(self):
        return self.read(self.err)

    def answered(self):
        return self.read(self.out)

    @property
    def call(self):
        return f"cartingest {' '.join(str(argument) for argument in self.arguments)}"

    @staticmethod
    def read(file):
        """Without moving the place in the file, which a living process shares: it would write over what it had said."""
        return os.pread(file.fileno(), os.fstat(file.fileno()).st_size, 0).decode("utf-8", "replace")
