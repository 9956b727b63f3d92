"""A store in a folder, whose commits are seen as writes to SQLite's write-ahead log."""
import ctypes
import os
import shutil
import struct
from pathlib import Path

IN_MODIFY, IN_NONBLOCK = 0x2, 0o4000
EVENT = struct.Struct("iIII")
LOG = b"cartingest.db-wal"
LOG_HEADER, FRAME_HEADER = 32, 24
libc = ctypes.CDLL(None, use_errno=True)


class SqliteStore:
    """Given a folder that does not exist yet; gone when closed."""

    environment = {}

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir()
        self.arguments = ["--store", str(self.folder)]
        self.watch = libc.inotify_init1(IN_NONBLOCK)
        if self.watch < 0 or libc.inotify_add_watch(self.watch, os.fsencode(self.folder), IN_MODIFY) < 0:
            raise OSError(ctypes.get_errno(), "inotify")

    @property
    def file(self):
        return self.folder / "cartingest.db"

    @property
    def log(self):
        return self.folder / LOG.decode()

    def await_commit(self, life, writes):
        """Returns the moment after so many writes to the log; false when they did not come."""
        self.written()
        while not life.ended():
            # Without a pause: the pages of a commit are written within microseconds.
            for _ in range(1000):
                writes -= self.written()
                if writes <= 0:
                    return True
        return False

    def inside_commit(self):
        """Whether the log of a killed process ends in a transaction that has pages and no end."""
        return frames_after_last_commit(self.log) > 0

    def ledger(self, scratch):
        """A SQLite file to read the ledger from."""
        return self.file

    def written(self):
        """How many writes to the log were seen since the last time."""
        try:
            events, at, writes = os.read(self.watch, 65536), 0, 0
        except BlockingIOError:
            return 0
        while at < len(events):
            length = EVENT.unpack_from(events, at)[3]
            writes += events[at + EVENT.size:at + EVENT.size + length].rstrip(b"\0") == LOG
            at += EVENT.size + length
        return writes

    def close(self):
        os.close(self.watch)
        shutil.rmtree(self.folder)


def frames_after_last_commit(log):
    """By the file format: a frame of the log in use bears its header's salts, and one that ends a transaction the size of the database."""
    try:
        data = log.read_bytes()
    except FileNotFoundError:
        return 0
    if len(data) < LOG_HEADER:
        return 0
    page, = struct.unpack_from(">I", data, 8)
    salts = data[16:24]
    open_frames, at = 0, LOG_HEADER
    while at + FRAME_HEADER <= len(data) and data[at + 8:at + 16] == salts:
        ends, = struct.unpack_from(">I", data, at + 4)
        open_frames = 0 if ends and at + FRAME_HEADER + page <= len(data) else open_frames + 1
        at += FRAME_HEADER + page
    return open_frames
