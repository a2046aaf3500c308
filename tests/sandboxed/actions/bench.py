"""A sandbox and the command line as programs of their own, over loopback HTTP."""
import json
import os
import re
import subprocess
import tempfile
import time
import urllib.request

LIMIT = 90  # seconds after which a program that should have ended counts as hanging


def check(holds, what):
    if not holds:
        raise AssertionError(what)


def equal(got, wanted, what):
    check(got == wanted, f"{what}: {got!r} instead of {wanted!r}")


class Bench:
    """One world, one store. Use as a context; everything it started is gone afterwards."""

    def __init__(self, bin_folder, seed=1, returns=12):
        self.bin = bin_folder
        self.folder = tempfile.TemporaryDirectory(prefix="counterfoil-actions-")
        self.config = os.path.join(self.folder.name, "config.json")
        self.running = []
        self.sandbox = self.start("counterfoil-sandbox", "--seed", str(seed), "--returns", str(returns), "--story", "off", "--faults", "none",
                                  "--plan", "enterprise", "--port", "0", "--config", self.config,
                                  "--store", os.path.join(self.folder.name, "store"))
        self.port = int(re.search(r"127\.0\.0\.1:(\d+)", self.sandbox.stdout.readline())[1])
        # SparkLayer's rate is the shop's, and here nobody else calls it.
        self.override("sparklayer", rate_per_s=1000)
        # So that any amount needs two people, and any lot one: the world chooses the amounts.
        self.edit(lambda site: site["policy"].update(limits={"alone": "0.01", "two": "100000.00", "release": "100000.00"}))

        # The stories run the proofs themselves, to see that a write is locked before.
        self.edit(lambda site: site["proof"].update(at_start=False))

    def edit(self, change):
        """Changes the one site of the console's config."""
        with open(self.config, encoding="utf-8") as file:
            config = json.load(file)
        change(config["sites"][0])
        with open(self.config, "w", encoding="utf-8") as file:
            json.dump(config, file)

    def override(self, platform, **settings):
        self.edit(lambda site: site.setdefault("adapters", {}).setdefault(platform, {}).update(settings))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in reversed(self.running):
            if process.poll() is None:
                process.kill()
            process.communicate()
        self.folder.cleanup()

    # ---- programs
    def start(self, program, *args):
        process = subprocess.Popen([os.path.join(self.bin, program), *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.running.append(process)
        return process

    def start_ctl(self, *args, person=None):
        named = ["--as", person] if person else []
        return self.start("counterfoilctl", "--config", self.config, "--format", "json", *named, *args)

    def ended(self, process):
        """(exit code, JSON of stdout or None, stderr) of a program that ends by itself."""
        out, err = process.communicate(timeout=LIMIT)
        return process.returncode, json.loads(out) if out.strip() else None, err

    def ctl(self, *args, person=None, exit_code=0):
        code, out, err = self.ended(self.start_ctl(*args, person=person))
        equal(code, exit_code, f"exit of counterfoilctl {' '.join(args)} ({err.strip()})")
        return out

    # ---- the sandbox's control port
    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/control/{path}", timeout=30) as reply:
            return json.load(reply)

    def post(self, path, body):
        data = json.dumps(body).encode()
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/control/{path}", data=data, timeout=30) as reply:
            return json.load(reply)

    def state(self):
        return self.get("state")

    def requests(self, operation):
        """How often Shopify was asked to do this."""
        return self.get("log")["requests"].get("shopify", {}).get(operation, {}).get("total", 0)

    def rma_of(self, scenario):
        return next(row["rma"] for row in self.get("scenarios") if row["scenario"] == scenario)

    def wait_until(self, what, holds, process):
        """Polls a condition for as long as @process runs; a program that ends before is a failure."""
        begun = time.monotonic()
        while not holds():
            check(process.poll() is None, f"the program ended before {what}: {process.communicate() if process.poll() is not None else ''}")
            check(time.monotonic() - begun < LIMIT, f"never seen: {what}")
            try:
                process.wait(timeout=0.05)
            except subprocess.TimeoutExpired:
                pass
        return time.monotonic() - begun

    # ---- what the console says
    def open_findings(self):
        return {(row["type"], row["rma"]) for row in self.ctl("queue", "--filter", "is:open")}

    def action(self, action_id):
        rows = [row for row in self.ctl("actions") if row["id"] == action_id]
        equal(len(rows), 1, f"actions with the id {action_id}")
        return rows[0]

    def verify_audit(self):
        verdict = self.ctl("audit", "verify")
        check(verdict["unbroken"] and verdict["entries"] > 0, f"audit: {verdict}")
