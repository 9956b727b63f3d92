#!/usr/bin/env python3
"""Runs the steps of the Dockerfile where there is no container engine: each COPY and RUN of each stage, in empty folders that stand for the stages' roots.

    tests/containers/dockerfile.py FOLDER [first-run]

What COPY brings honours .dockerignore, so a file that the image would lack is lacking here too. Absolute paths of the image become paths below the stage's folder, also within
RUN. At the end it starts the entry point once, from the image's working directory with a read-only copy of the released form. Not checked: the base images, users, and whatever
only an engine does (HEALTHCHECK and STOPSIGNAL are looked at as text). With first-run it ends after the first RUN, which restores the packages.
"""
import fnmatch
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def instructions(text):
    """Yields (instruction, rest), comments left out and continued lines joined."""
    lines = [line for line in text.splitlines() if not re.match(r"\s*#", line)]
    for line in re.sub(r"\\\n", " ", "\n".join(lines)).splitlines():
        if line.strip():
            word, _, rest = line.strip().partition(" ")
            yield word.upper(), rest.strip()


class Ignored:
    """.dockerignore: the last pattern that fits decides."""

    def __init__(self, file):
        lines = [line.strip() for line in file.read_text().splitlines()] if file.exists() else []
        self.patterns = [line for line in lines if line and not line.startswith("#")]

    def __call__(self, path):
        ignored = False
        for pattern in self.patterns:
            keep = pattern.startswith("!")
            plain = pattern.lstrip("!").strip("/")
            parts = pathlib.PurePosixPath(path).parts
            fits = any(
                fnmatch.fnmatchcase("/".join(parts[:n]), plain) or (plain.startswith("**/") and fnmatch.fnmatchcase(parts[n - 1], plain[3:]))
                for n in range(1, len(parts) + 1)
            )
            ignored = (not keep) if fits else ignored
        return ignored


class Stage:
    def __init__(self, root):
        self.root, self.cwd, self.env, self.entry, self.user, self.words = root, "/", {}, None, None, set()
        root.mkdir(parents=True)

    def at(self, path):
        """A path of the image as one of this machine."""
        return self.root / os.path.normpath(os.path.join(self.cwd, path)).lstrip("/")

    def here(self, command):
        """A command of the image with its absolute paths below the stage's folder. What the machine itself brings (/bin, /proc, /dev) stays."""
        return re.sub(r"(?<![\w.$/}])/(source|app|data)\b", lambda m: str(self.root / m.group(1)), command)


def copy(stage, stages, ignored, rest):
    words = shlex.split(rest)
    source_root, from_stage = ROOT, None
    while words[0].startswith("--"):
        option, _, value = words.pop(0).partition("=")
        if option != "--from":
            raise SystemExit(f"dockerfile.py: COPY {option} is not understood here")
        from_stage = stages[value]
    *sources, target = words
    for source in sources:
        origin = from_stage.at(source) if from_stage else source_root / source
        if not origin.exists():
            raise SystemExit(f"dockerfile.py: COPY {source}: there is no such file")
        into = stage.at(target)
        if origin.is_dir():
            def skip(folder, names):
                relative = pathlib.Path(folder).relative_to(source_root).as_posix() if not from_stage else ""
                return [name for name in names if not from_stage and ignored(f"{relative}/{name}".lstrip("./"))]
            shutil.copytree(origin, into, ignore=skip, dirs_exist_ok=True, symlinks=True)
        else:
            if not from_stage and ignored(source):
                raise SystemExit(f"dockerfile.py: COPY {source}: .dockerignore keeps it out")
            if target.endswith("/") or len(sources) > 1 or target == ".":
                into = into / origin.name
            into.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(origin, into)


def run(stage, rest):
    print(f"RUN {rest}", flush=True)
    environment = {**os.environ, **stage.env, "APP_UID": str(os.getuid())}
    done = subprocess.run(["bash", "-euo", "pipefail", "-c", stage.here(rest)], cwd=stage.at("."), env=environment, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise SystemExit(f"dockerfile.py: RUN {rest} ended with {done.returncode}")


def build(folder, only_first_run):
    ignored, stages, stage = Ignored(ROOT / ".dockerignore"), {}, None
    for word, rest in instructions((ROOT / "Dockerfile").read_text()):
        match word:
            case "FROM":
                name = (re.search(r"\bAS\s+(\S+)", rest, re.IGNORECASE) or [None, f"stage{len(stages)}"])[1]
                stage = stages[name] = Stage(folder / name)
            case "WORKDIR":
                stage.cwd = os.path.normpath(os.path.join(stage.cwd, rest))
                stage.at(".").mkdir(parents=True, exist_ok=True)
            case "COPY":
                copy(stage, stages, ignored, rest)
            case "RUN":
                run(stage, rest)
                if only_first_run:
                    return stage
            case "ENV":
                stage.env.update(pair.split("=", 1) for pair in shlex.split(rest))
            case "USER":
                stage.user = rest
            case "ENTRYPOINT":
                stage.entry = json.loads(rest)
            case "HEALTHCHECK":
                json.loads(rest[rest.index("CMD") + 3:])
            case "EXPOSE" | "VOLUME" | "STOPSIGNAL":
                pass
            case _:
                raise SystemExit(f"dockerfile.py: {word} is not understood here")
        stage.words.add(word)
    return stage


def main():
    if sys.argv[2:] not in ([], ["first-run"]) or len(sys.argv) < 2:
        raise SystemExit(__doc__)
    folder = pathlib.Path(sys.argv[1]).resolve()
    if folder.exists() and any(folder.iterdir()):
        raise SystemExit(f"dockerfile.py: {folder} is not empty")
    last = build(folder / "stages", only_first_run=len(sys.argv) > 2)
    if len(sys.argv) > 2:
        return
    faults = [f"the last stage has no {word}" for word in ("USER", "HEALTHCHECK", "ENTRYPOINT", "STOPSIGNAL") if word not in last.words]
    faults += ["the last stage runs as root"] if last.user in (None, "root", "0") else []
    if faults:
        raise SystemExit("dockerfile.py: " + "; ".join(faults))
    # The image's root is read-only but for /data and /tmp: nothing may be written beside the program.
    app = last.root / "app"
    before = sorted(path.relative_to(app) for path in app.rglob("*"))
    started = subprocess.run([last.here(last.entry[0]), "demo", "--exit"], cwd=last.at("."), env={**os.environ, **last.env}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    if started.returncode:
        raise SystemExit(f"dockerfile.py: {last.entry[0]} demo --exit ended with {started.returncode}")
    if before != sorted(path.relative_to(app) for path in app.rglob("*")):
        raise SystemExit("dockerfile.py: the program wrote beside itself, which a read-only root forbids")
    print(f"Every step of the Dockerfile ran; the entry point played the demo: {len(started.stdout.splitlines())} lines.")


main()
