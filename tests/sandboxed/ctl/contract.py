#!/usr/bin/python3
"""The contract of the command line, as a stranger would test it: exit codes, one line of error, one JSON document with its keys.

Usage: contract.py BIN_FOLDER. Starts the sandbox on a free port, reads it once, and prints every check that fails; exits 1 on any.
"""
import csv
import io
import json
import os
import re
import subprocess
import sys
import tempfile

QUEUE_KEYS = {"id", "type", "site", "rma", "order", "po", "customer", "owner", "severity", "state", "at_risk", "expected", "actual", "reason", "cause",
              "case", "assignee", "sku", "lines", "risk_kind", "first_seen", "due", "grace_until", "regressed", "judged"}
STATES = {"open", "expected", "in-progress", "awaiting-approval", "waiting-for", "settling", "snoozed", "closed", "accepted", "history"}
TIME = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")
AMOUNT = re.compile(r"^-?\d+\.\d\d$")


class Walk:
    def __init__(self, folder, config):
        self.ctl, self.config, self.done, self.wrong = os.path.join(folder, "counterfoilctl"), config, 0, []

    def run(self, *args, config=None):
        done = subprocess.run([self.ctl, "--config", config or self.config, *args], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, timeout=300)
        return done.returncode, done.stdout, done.stderr

    def check(self, what, good, seen=""):
        self.done += 1
        if not good:
            self.wrong.append(f"{what}: {seen}")

    def refuses(self, code, part, *args, config=None):
        """Exit code, nothing on stdout, one line on stderr that holds a part."""
        got, out, err = self.run(*args, config=config)
        lines = [line for line in err.splitlines() if line]
        self.check(" ".join(args) or "nothing", got == code and out == "" and len(lines) == 1 and part in err, f"exit {got}, {out[:80]!r}, {err!r}")

    def document(self, *args, code=0):
        got, out, err = self.run("--format", "json", *args)
        try:
            value = json.loads(out)
        except ValueError:
            value = None
        self.check("json " + " ".join(args), got == code and value is not None, f"exit {got}, {out[:200]!r}, {err!r}")
        return value


def usage(walk):
    walk.refuses(2, "which command?")
    walk.refuses(2, "no command 'frobnicate'", "frobnicate")
    walk.refuses(2, "RMA is required", "case")
    walk.refuses(2, "--reason is required", "reject", "x")
    walk.refuses(2, "extra", "queue", "extra")
    walk.refuses(2, "excludes", "sync", "--once", "--watch")
    walk.refuses(2, "--format", "--format", "xml", "queue")
    walk.refuses(2, "only the queue", "--format", "csv", "actions")
    walk.refuses(2, "no site 'fr'", "--site", "fr", "queue")
    walk.refuses(2, "colour:red", "queue", "--filter", "is:open colour:red")
    walk.refuses(2, "numbers without commas", "queue", "--filter", "risk:>1,000")
    walk.refuses(3, "missing.json", "queue", config="/nonexistent/missing.json")
    walk.refuses(3, "directory", "queue", config="/")
    walk.refuses(1, "no action nosuch", "approve", "nosuch")
    walk.refuses(1, "no action nosuch", "reject", "nosuch", "--reason", "x")
    walk.refuses(1, "no action nosuch", "actions", "nosuch")
    walk.refuses(1, "no action nosuch", "actions", "--run", "nosuch")
    for command in ("case", "why", "credit", "release"):
        walk.refuses(1, "'0'", command, "0")
    code, out, _ = walk.run("--version")
    walk.check("--version", code == 0 and out.startswith("counterfoilctl "), out)
    walk.check("version", list(walk.document("version") or {}) == ["version"])


def config_faults(walk, folder):
    with open(walk.config, encoding="utf-8") as file:
        good = json.load(file)

    def changed(name, change):
        other = json.loads(json.dumps(good))
        change(other, other["sites"][0])
        path = os.path.join(folder, name + ".json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(other, file)
        return path

    def secret(value):
        return lambda _, site: site["shopify"].update(token=value)

    walk.refuses(3, "site uk, shopify.token: environment variable CF_NOT_SET", "sync", config=changed("env", secret({"env": "CF_NOT_SET"})))
    walk.refuses(3, "site uk, shopify.token: secret file", "sync", config=changed("file", secret({"file": "/nonexistent"})))
    walk.refuses(3, "sites[0].shopify.token: expected a reference", "queue", config=changed("plain", secret("shpat_1")))
    walk.refuses(3, "sites[0].zz: no such key", "queue", config=changed("key", lambda _, site: site.update(zz=1)))
    walk.refuses(5, "cannot make the folder", "queue", config=changed("store", lambda all_, _: all_.update(store="sqlite:/proc/nowhere")))


def queue(walk):
    rows = walk.document("queue") or []
    walk.check("rows", len(rows) > 10, len(rows))
    for row in rows:
        walk.check("keys of the queue", set(row) == QUEUE_KEYS, QUEUE_KEYS ^ set(row))
        walk.check("state", row["state"] in STATES, row["state"])
        risk = row["at_risk"]
        walk.check("at_risk", risk is None or (set(risk) == {"amount", "currency"} and AMOUNT.match(risk["amount"])), risk)
        for key in ("first_seen", "due", "grace_until"):
            walk.check(key, row[key] is None or TIME.match(row[key]), row[key])
    table = list(csv.DictReader(io.StringIO(walk.run("--format", "csv", "queue")[1])))
    walk.check("csv", [row["id"] for row in table] == [row["id"] for row in rows], len(table))
    today = max(row["first_seen"] for row in rows)[:10]
    of_day = sum(row["first_seen"].startswith(today) for row in rows)
    walk.check("a day", len(walk.document("queue", "--filter", "opened:" + today) or []) == of_day, today)
    ids = [row["id"] for row in walk.document("queue", "--filter", "sort:age") or []]
    walk.check("sort:-age", [row["id"] for row in walk.document("queue", "--filter", "sort:-age") or []] == ids[::-1])
    first = subprocess.run(f"'{walk.ctl}' --config '{walk.config}' queue | head -1", shell=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    walk.check("closed pipe", first.stdout.startswith("SEVERITY") and first.stderr == "", first.stderr)
    return rows


def acts(walk, rows):
    credit = next(row for row in rows if row["type"] == "credit-not-posted" and row["state"] == "open")
    for name in (credit["rma"], "#" + credit["rma"], "RMA" + credit["rma"], credit["order"], credit["order"].lower()):
        shown = walk.document("case", name)
        walk.check("case " + name, shown is not None and shown["rma"] == credit["rma"], name)
    before = len(walk.document("actions") or [])
    code, out, err = walk.run("--format", "json", "--as", "priya", "credit", credit["rma"], "--preview")
    plan = json.loads(out)
    walk.check("preview", code == (0 if plan["allowed"] else 1), (code, plan["reason"]))
    for value in plan["balance"].values():
        walk.check("balance is a decimal text", value is None or AMOUNT.match(value), value)
    walk.check("a preview files nothing", len(walk.document("actions") or []) == before)
    verdict = walk.document("audit", "verify")
    walk.check("audit", verdict and verdict["unbroken"] is True, verdict)


def main():
    binaries = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        config = os.path.join(folder, "config.json")
        sandbox = subprocess.Popen([os.path.join(binaries, "counterfoil-sandbox"), "--seed", "1", "--returns", "80", "--port", "0", "--config", config,
                                    "--store", os.path.join(folder, "store")], stdout=subprocess.PIPE, text=True)
        try:
            sandbox.stdout.readline()
            walk = Walk(binaries, config)
            usage(walk)
            config_faults(walk, folder)
            report = walk.document("sync", "--once")
            walk.check("sync", report and report["ok"] is True, report)
            acts(walk, queue(walk))
        finally:
            sandbox.terminate()
            sandbox.wait(timeout=20)
    for row in walk.wrong:
        print("   ", row)
    print(f"seed 1: {walk.done - len(walk.wrong)} passed, {len(walk.wrong)} failed")
    return 1 if walk.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
