"""A mail server on loopback that keeps what it accepts, and breaks off, refuses or puts off as often as it is told.

    postbox.py FOLDER    says its port and keeps each mail as MESSAGE-ID.eml, until its stdin ends
"""
import base64
import email
import email.policy
import socketserver
import sys
import threading
from pathlib import Path
from random import Random


class Postbox:
    """Listens while it is open. `accepted` holds every message that got a 250, whether or not the sender heard it: (recipient, Message-ID, bytes)."""

    def __init__(self, faults=0.0, seed=0, user=None, password=None, folder=None):
        self.folder = folder
        self.faults, self.dice, self.login = faults, Random(seed), (user, password) if user else None
        self.accepted, self.logins = [], []
        self.turn = threading.Lock()
        box = self

        class Session(socketserver.StreamRequestHandler):
            def handle(self):
                try:
                    box.converse(self)
                except (ConnectionError, BrokenPipeError, ValueError):
                    pass

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def fault(self):
        with self.turn:
            return self.dice.choice(("421", "450", "452", "drop before", "drop after")) if self.dice.random() < self.faults else None

    def converse(self, session):
        def say(text):
            session.wfile.write(text.encode() + b"\r\n")

        def hear():
            line = session.rfile.readline(65536)
            if not line:
                raise ConnectionError
            return line.decode("utf-8", "replace").rstrip("\r\n")

        say("220 postbox.example ESMTP")
        recipient, fault, known = None, None, self.login is None
        while True:
            line = hear()
            word = line.split(" ")[0].upper()
            if word == "EHLO":
                session.wfile.write(b"250-postbox.example\r\n250-SMTPUTF8\r\n250-8BITMIME\r\n" + (b"250-AUTH PLAIN\r\n" if self.login else b"") + b"250 SIZE 10000000\r\n")
            elif word == "AUTH":
                parts = line.split(" ")
                if len(parts) < 3:
                    say("334 ")
                    parts.append(hear())
                given = base64.b64decode(parts[2]).decode().split("\0")[1:]
                known = tuple(given) == self.login
                self.logins.append(known)
                say("235 2.7.0 welcome" if known else "535 5.7.8 no")
            elif word == "MAIL":
                fault = self.fault()
                if fault == "421":
                    say("421 4.3.2 closing")
                    return
                say("250 2.1.0 ok" if known else "530 5.7.0 log in")
            elif word == "RCPT":
                recipient = line[line.index("<") + 1:line.index(">")]
                say("450 4.2.1 later" if fault == "450" else "250 2.1.5 ok")
            elif word == "DATA":
                if fault == "452":
                    say("452 4.3.1 full")
                    continue
                say("354 go on")
                data = b""
                while not data.endswith(b"\r\n.\r\n"):
                    chunk = session.rfile.readline(1 << 20)
                    if not chunk or (fault == "drop before" and len(data) > 200):
                        return
                    data += chunk
                self.keep(recipient, data[:-5].replace(b"\r\n..", b"\r\n."))
                if fault == "drop after":
                    return
                say("250 2.0.0 kept")
            elif word == "QUIT":
                say("221 2.0.0 bye")
                return
            elif word in ("RSET", "NOOP"):
                say("250 2.0.0 ok")
            else:
                say("502 5.5.1 not known here")

    def keep(self, recipient, data):
        name = email.message_from_bytes(data, policy=email.policy.default)["Message-ID"].strip()
        with self.turn:
            self.accepted.append((recipient, name, data))
            if self.folder:
                (self.folder / f"{name.strip('<>')}.eml").write_bytes(data)


if __name__ == "__main__":
    box = Postbox(folder=Path(sys.argv[1]))
    box.folder.mkdir()
    print(box.port, flush=True)
    sys.stdin.read()
    box.close()
