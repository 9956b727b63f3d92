#!/usr/bin/env python3
"""Plants secrets in every setting that takes one, lets the service use them, and looks for them in all that it wrote.

    secrets_proof.py

The service runs whole on PostgreSQL: nights against the stand-in, mail to a server that asks for a password, a webhook, a person who sets the service up and looks at every page, traces and metrics, logs as
talkative as they can be. The stand-in, the mail server, the receiver of the webhook, the provider of logins and the database confirm that they got their secrets. Then no byte of any, as it is or in base64, hex,
percent-encoding or UTF-16, may be in logs, answers of verbs, pages (job arguments among them), traces, metrics, mails, webhooks, a dump of the database or a backup.

Exit codes: 0 all as it should be, 1 something was not.
"""
import base64
import hashlib
import hmac
import http.cookiejar
import http.server
import json
import os
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import closing
from pathlib import Path

from cluster import Cluster, free_port
from postbox import Postbox
from program import EXECUTABLE, LIMIT, Broken, Life
from worker_loop import MADE, WAITING, Director

PAGES = ("", "people", "account", "nights/1", "hangfire", "hangfire/recurring", "hangfire/jobs/succeeded", "hangfire/jobs/failed", "hangfire/jobs/processing", "hangfire/servers", "hangfire/retries")
PROVIDER_TOKEN = "/token"
VERBS = (["status", "--json"], ["doctor"], ["outbox"], ["queue", "--json"], ["verify", "--json"], ["search"])


class Receiver:
    """Takes whatever is posted: OTLP, webhooks; and is a provider of logins, which takes a client's secret and lets nobody in."""

    def __init__(self):
        self.got = []
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)) if "chunked" not in self.headers.get("Transfer-Encoding", "") else self.chunks()
                receiver.got.append((self.path, dict(self.headers), body))
                if self.path == PROVIDER_TOKEN:
                    return self.answer({"error": "invalid_grant"}, 400)
                self.send_response(200)
                self.end_headers()

            def do_GET(self):
                here = f"http://127.0.0.1:{receiver.port}"
                address = urllib.parse.urlsplit(self.path)
                if address.path == "/authorize":
                    asked = dict(urllib.parse.parse_qsl(address.query))
                    self.send_response(302)
                    self.send_header("Location", f"{asked['redirect_uri']}?{urllib.parse.urlencode({'code': 'once', 'state': asked['state']})}")
                    self.end_headers()
                elif address.path == "/jwks":
                    self.answer({"keys": []})
                else:
                    self.answer({"issuer": here, "authorization_endpoint": f"{here}/authorize", "token_endpoint": here + PROVIDER_TOKEN, "jwks_uri": f"{here}/jwks"})

            def answer(self, body, code=200):
                text = json.dumps(body).encode()
                self.send_response(code)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def chunks(self):
                body = b""
                while (size := int(self.rfile.readline().strip(), 16)) > 0:
                    body += self.rfile.read(size)
                    self.rfile.readline()
                return body

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Browser:
    def __init__(self, address):
        self.address, self.seen = address, []
        self.cookies = http.cookiejar.CookieJar()
        self.open = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.cookies)).open

    def get(self, page):
        try:
            with self.open(f"{self.address}/{page}", timeout=30) as answer:
                body = answer.read()
        except urllib.error.HTTPError as refused:
            body = refused.read()
        self.seen.append(body)
        return body.decode("utf-8", "replace")

    def post(self, page, **fields):
        token = re.search(r'name="__RequestVerificationToken"[^>]*value="([^"]*)"', self.get(page)).group(1)
        data = urllib.parse.urlencode({**fields, "__RequestVerificationToken": token}).encode()
        try:
            with self.open(f"{self.address}/{page}", data=data, timeout=30) as answer:
                self.seen.append(answer.read())
        except urllib.error.HTTPError as refused:
            raise Broken(f"/{page} answered {refused.code}: {re.sub('<[^>]*>', ' ', refused.read().decode())}") from refused


def planted(files):
    """A name, the setting that takes it, and its value."""
    webhook = base64.b64encode(secrets.token_bytes(32)).decode()
    values = {
        "Sources__PubMed__ApiKey": secrets.token_hex(18),
        "Alerts__Smtp__Password": f"smtp-{secrets.token_hex(12)}",
        "Alerts__Webhook__Secret": f"whsec_{webhook}",
        "People__CookieKey": f"cookie-{secrets.token_hex(20)}",
        "People__OpenIdConnect__ClientSecret": f"client-{secrets.token_hex(16)}",
        "password of the database": f"database-{secrets.token_hex(12)}",
        "password of a person": f"person-{secrets.token_hex(12)}",
    }
    files.mkdir()
    environment = {}
    for name, value in values.items():
        if "__" in name:
            (files / name).write_text(f"{value}\n")
            environment[f"{name}_FILE"] = str(files / name)
    return values, environment


def shapes(value):
    """How a value may be written, without what surrounds it in base64."""
    plain = value.removeprefix("whsec_").encode()
    for text in {plain, value.encode()}:
        yield text
        yield text.hex().encode()
        yield text.hex().upper().encode()
        yield urllib.parse.quote(text).encode()
        yield text.decode().encode("utf-16-le")
        for shift in range(3):
            # Wherever it stands within something longer, these letters are always the same.
            yield base64.b64encode(b"\0" * shift + text)[4 if shift else 0:][:len(text)]
    if value.startswith("whsec_"):
        yield base64.b64decode(plain)


def await_until(what, holds, life):
    until = time.monotonic() + LIMIT
    while not holds():
        if life.ended():
            raise Broken(f"the service ended:\n{life.said()[-4000:]}")
        if time.monotonic() > until:
            raise Broken(f"{what} never came:\n{life.said()[-4000:]}")
        time.sleep(0.2)


def main():
    with tempfile.TemporaryDirectory(prefix="cartingest-secrets-") as folder, closing(Cluster()) as cluster, closing(Receiver()) as receiver:
        try:
            prove(Path(folder), cluster, receiver)
        except Broken as broken:
            print(broken, file=sys.stderr)
            return 1
    return 0


def prove(scratch, cluster, receiver):
    values, environment = planted(scratch / "secrets")
    store = cluster.new_store()
    store.environment["Storage__ConnectionString"] += f";Password={values['password of the database']}"
    cluster.psql("postgres", f"ALTER USER postgres PASSWORD '{values['password of the database']}'")
    demand_password(cluster)
    port, metrics = free_port(), free_port()
    with closing(Postbox(user="cartingest", password=values["Alerts__Smtp__Password"])) as box, closing(Director(scratch, 0, faults=0)) as director:
        director.does(f"night {director.nights[0]}")
        settings = {
            "Web:Urls": f"http://127.0.0.1:{port}", "Telemetry:MetricsUrl": f"http://127.0.0.1:{metrics}", "Sources:PubMed:BaseAddress": director.eutils, "Sources:ClinicalTrials:BaseAddress": director.registry,
            "Sources:PubMed:RequestsPerSecond": 100, "Sources:ClinicalTrials:RequestsPerSecond": 100, "Http:PaceFolder": "", "Nightly:SecondLookAfterSeconds": 0.05,
            "Alerts:To": "lead@review.example", "Alerts:Transport": "smtp", "Alerts:Smtp:Host": "127.0.0.1", "Alerts:Smtp:Port": box.port, "Alerts:Smtp:Security": "None",
            "Alerts:Smtp:User": "cartingest", "Alerts:Smtp:From": "cartingest@review.example", "Alerts:Webhook:Url": f"http://127.0.0.1:{receiver.port}/hook",
            "People:OpenIdConnect:Authority": f"http://127.0.0.1:{receiver.port}", "People:OpenIdConnect:ClientId": "cartingest",
            "Logging:Format": "json", "Logging:LogLevel:Default": "Trace", "Logging:LogLevel:Microsoft": "Trace", "Logging:LogLevel:Hangfire": "Trace", "Logging:LogLevel:System.Net.Http.HttpClient": "Trace",
            "Logging:LogLevel:Polly": "Trace",
        }
        arguments = [argument for key, value in settings.items() for argument in ("--set", f"{key}={value}")]
        store.environment.update(environment, OTEL_EXPORTER_OTLP_ENDPOINT=f"http://127.0.0.1:{receiver.port}", OTEL_EXPORTER_OTLP_PROTOCOL="http/protobuf", OTEL_METRIC_EXPORT_INTERVAL="1000", TMPDIR=str(scratch))
        # What lies beside the database lies in the working directory here.
        os.chdir(scratch)
        life = Life(["serve", *arguments, *store.arguments], store.environment)
        try:
            await_until("an address", lambda: "listens on" in life.said(), life)
            await_until("a night", lambda: len(cluster.psql(store.name, 'SELECT "Source" FROM "RunSources"').split()) >= 2, life)
            # Digests are written every five minutes, and handed over every minute; here at once.
            director.does(f"book {store.environment['Storage__ConnectionString']}")
            await_until("the end of a night", lambda: cluster.psql(store.name, 'SELECT count(*) FROM "Runs" WHERE "EndedAt" IS NOT NULL') >= "2", life)
            director.does("digest")
            await_until("a digest", lambda: cluster.psql(store.name, 'SELECT count(*) FROM "Outbox" WHERE "Kind" = \'digest\'') != "0", life)
            director.does("mail")
            await_until("mail", lambda: box.accepted and cluster.psql(store.name, WAITING) == "0", life)
            browser = Browser(f"http://127.0.0.1:{port}")
            if "did not name anybody" not in browser.get("login/provider"):
                raise Broken("a provider that lets nobody in let somebody in")
            code = re.search(r"with the code ([A-Za-z0-9_-]+)", life.said()).group(1)
            browser.post("setup", code=code, name="Ada Lead", email="ada@review.example", password=values["password of a person"], again=values["password of a person"])
            for page in PAGES:
                browser.get(page)
            if "Ada Lead" not in browser.get("account"):
                raise Broken("nobody is logged in after the set-up")
            with urllib.request.urlopen(f"http://127.0.0.1:{metrics}/metrics", timeout=30) as answer:
                browser.seen.append(answer.read())
            time.sleep(2)
        finally:
            life.process.send_signal(signal.SIGTERM)
            life.end(0)
        keys = director.does("keys", answers=True)
        confirm(values, keys, box, receiver)
        written = {"logs": life.said().encode() + life.answered().encode(), "pages and metrics": b"".join(browser.seen), "mails": b"".join(data for _, _, data in box.accepted),
                   "traces, metrics and webhooks": b"".join(path.encode() + repr(headers).encode() + body for path, headers, body in receiver.got if path != PROVIDER_TOKEN)}
        for verb in VERBS:
            # Some say that there is something to look at, which is no failure here.
            told = Life([*verb, *arguments, *store.arguments], store.environment)
            told.end(0, 3)
            written[f"cartingest {verb[0]}"] = told.answered().encode() + told.said().encode()
        Life(["backup", str(scratch / f"{store.name}.db"), *arguments, *store.arguments], store.environment).end(0)
        written["a backup"] = (scratch / f"{store.name}.db").read_bytes()
        written["a dump"] = subprocess.run([f"{cluster.bin}/pg_dump", "-h", "127.0.0.1", "-p", str(cluster.port), "-U", "postgres", store.name], check=True, capture_output=True,
                                           env={**os.environ, "PGPASSWORD": values["password of the database"]}).stdout
        if b"hangfire" not in written["a dump"] or b"DataProtectionKeys" not in written["a dump"]:
            raise Broken("the dump is not whole")
        # The code of the first set-up is said on purpose; it is no secret any more once it is spent.
        look_for(values, written)
        print(f"{len(values)} secrets planted and used; not one is in {', '.join(f'{name} ({len(data):,} bytes)' for name, data in written.items())}.")


def demand_password(cluster):
    """From now on the server asks for it."""
    access = cluster.folder / "data/pg_hba.conf"
    access.write_text("local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n")
    cluster.psql("postgres", "SELECT pg_reload_conf()")
    os.environ["PGPASSWORD"] = ""
    cluster.client = lambda database: [f"{cluster.bin}/psql", "-XAtq", "-h", str(cluster.folder), "-p", str(cluster.port), "-U", "postgres", "-d", database]


def confirm(values, keys, box, receiver):
    if values["Sources__PubMed__ApiKey"] not in keys:
        raise Broken(f"the stand-in never received the API key, only '{keys}'")
    if not box.logins or not all(box.logins):
        raise Broken(f"the mail server was not given the password: {box.logins}")
    if not any(path == PROVIDER_TOKEN and values["People__OpenIdConnect__ClientSecret"].encode() in body for path, _, body in receiver.got):
        raise Broken("the provider of logins was not given the client's secret")
    hooks = [(headers, body) for path, headers, body in receiver.got if path == "/hook"]
    if not hooks:
        raise Broken("no webhook came")
    key = base64.b64decode(values["Alerts__Webhook__Secret"].removeprefix("whsec_"))
    for headers, body in hooks:
        lower = {name.lower(): value for name, value in headers.items()}
        signed = hmac.new(key, f"{lower['webhook-id']}.{lower['webhook-timestamp']}.".encode() + body, hashlib.sha256).digest()
        if lower["webhook-signature"] != f"v1,{base64.b64encode(signed).decode()}":
            raise Broken("a webhook is not signed by its secret")
    if not any(path == "/v1/traces" and b"census" in body for path, _, body in receiver.got):
        raise Broken("no trace of a census came")


def look_for(values, written):
    found = []
    for name, value in values.items():
        for shape in set(shapes(value)):
            found += [f"{name} is in {where}: …{data[max(0, data.index(shape) - 120):data.index(shape) + 10]!r}" for where, data in written.items() if shape in data]
    if found:
        raise Broken("\n".join(found))


if __name__ == "__main__":
    sys.exit(main())
