"""What is disturbed: a rehearsal or an import, with how it ends when nobody disturbs it."""
import hashlib
import json

import ledger
from program import Broken, Life


class Course:
    """A call that is begun again on the same store until it ends. Its codes: a rehearsal that goes on after the nights that are not complete on purpose ends with 0."""

    def __init__(self, name, verb, codes, dated):
        self.name, self.verb, self.codes, self.dated = name, verb, codes, dated

    def begin(self, store):
        return Life([*self.verb, "--json", *store.arguments], store.environment)

    def outcome(self, store, scratch):
        """The state of a store that must be whole, all that it holds and all that it told."""
        return {
            "state": verified(store)["state"],
            "export": hashed(self.line(line) for line in exported(store)),
            "ledger": ledger.read(store.ledger(scratch)),
        }

    def line(self, line):
        """What is imported is first seen on the day of the import, by the clock."""
        return line if self.dated else json.dumps({key: value for key, value in json.loads(line).items() if key not in ("firstSeen", "lastSeen")})


def verified(store):
    """What a store that must be whole says of itself."""
    call = Life(["verify", "--json", *store.arguments], store.environment)
    call.end(0)
    return json.loads(call.answered())


def exported(store):
    """All records, a line each."""
    call = Life(["export", "--format", "jsonl", "--of", "all", *store.arguments], store.environment)
    call.end(0)
    return call.answered().splitlines()


def hashed(lines):
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def compare(whole, disturbed, names=("state", "export")):
    """Two outcomes by what is named, and by what they told."""
    says = [f"the {name} differs" for name in names if whole[name] != disturbed[name]]
    says += ledger.differences(whole["ledger"], disturbed["ledger"])
    if says:
        raise Broken("; ".join(says))


def rehearsal(name, registry, pubmed, codes):
    return Course(name, ["rehearse", "--nights", str(registry), "--pubmed", str(pubmed)], codes, dated=True)


def importing(name, files):
    return Course(name, ["import", *files], (0,), dated=False)
