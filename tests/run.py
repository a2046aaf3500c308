#!/usr/bin/python3
"""Builds, runs every suite, prints each one's time beside its budget (design.md 13) and fails above twice its line.

The sanitizer lanes (--only asan, --only tsan) build what needs no Qt: the address lane runs unit, property, corpus and
simulation tests again, the thread lane the unit tests. Last line: "N passed, N failed".
"""
import argparse
import os
import re
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
JOBS = str(os.cpu_count() or 2)
# seconds of each suite, from design.md 13; the build's line is for a warm compiler cache and is shown, not enforced
BUDGET = {"build": 300, "arch": 20, "unit": 90, "property": 90, "sandbox": 150, "conformance": 90, "simulation": 180,
          "crash": 120, "transport": 60, "corpus": 60, "window": 240, "asan": 240, "tsan": 120, "truth": 1200, "faults": 600, "kills": 600}
SUITES = ["arch", "unit", "property", "transport", "corpus", "simulation", "crash", "sandbox", "conformance", "window"]


def run(command, **kw):
    return subprocess.run(command, cwd=ROOT, **kw)


def build(preset, folder, targets=()):
    if not os.path.exists(os.path.join(ROOT, folder, "build.ninja")):
        done = run(["cmake", "--preset", preset], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            print(done.stdout)
            return False
    return run(["ninja", "-C", folder, "--quiet", *targets]).returncode == 0


class Tally:
    def __init__(self):
        self.passed, self.failed, self.rows = 0, 0, []

    def row(self, suite, seconds, note, enforced=True):
        budget = BUDGET[suite]
        late = enforced and seconds > 2 * budget
        self.rows.append((suite, seconds, budget, note + ("  OVER TWICE ITS BUDGET" if late else "")))
        if late:
            self.failed += 1

    def ctest(self, suite, folder, labels, more=""):
        """Runs the tests of these labels, counts them, prints what failed, and books the time."""
        begun = time.monotonic()
        done = run(["ctest", "--test-dir", folder, "-L", f"^({labels})$", "--output-on-failure", "--no-tests=error", "-j", JOBS],
                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        found = re.search(r"(\d+)% tests passed, (\d+) tests? failed out of (\d+)", done.stdout)
        failed, total = (int(found[2]), int(found[3])) if found else (1, 1)
        self.passed += total - failed
        self.failed += failed
        if done.returncode:
            print(done.stdout)
            if not failed:
                self.failed += 1
        self.row(suite, time.monotonic() - begun, f"{total - failed} of {total} passed{more}")


def lane(tally, preset, labels):
    begun = time.monotonic()
    folder = f"build/{preset}"
    if not build(preset, folder):
        tally.failed += 1
        tally.row(preset, time.monotonic() - begun, "did not build", enforced=False)
        return
    tally.ctest(preset, folder, "|".join(labels), f" (build {time.monotonic() - begun:.0f} s)")


def nightly(tally):
    """What is too long for every run: the whole catalogue at full size, four seeds of faults, and fifty kills."""
    jobs = [("truth", {}, [sys.executable, "-B", "tests/sandboxed/ctl/cycle.py", "build/bin", "--seeds", "1-20", "--returns", "300"]),
            ("faults", {"COUNTERFOIL_NIGHTLY": "1"}, ["build/bin/sandboxed_sync_test", "--gtest_filter=*Faults*"]),
            ("kills", {"COUNTERFOIL_KILLS": "50"}, ["build/bin/sandboxed_kill_test"])]
    for name, more, command in jobs:
        print(f"-- nightly: {name}", flush=True)
        begun = time.monotonic()
        good = run(command, env={**os.environ, **more}).returncode == 0
        tally.passed += good
        tally.failed += not good
        tally.row(name, time.monotonic() - begun, "passed" if good else "FAILED", enforced=False)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--nightly", action="store_true", help="besides: seeds 1-20 of 300 returns each, and 50 kills")
    options.add_argument("--only", action="append", help="one suite (may be given again); asan and tsan are suites too")
    args = options.parse_args()
    wanted = args.only or list(SUITES)
    unknown = [name for name in wanted if name not in BUDGET or name in ("build", "truth", "faults", "kills")]
    if unknown:
        print(f"no suite {', '.join(unknown)}; there are {', '.join(SUITES)}, asan, tsan", file=sys.stderr)
        return 2
    tally = Tally()
    begun = time.monotonic()
    if not build("dev", "build"):
        print("the build failed\n0 passed, 1 failed")
        return 1
    tally.row("build", time.monotonic() - begun, "everything", enforced=False)
    labels = run(["ctest", "--test-dir", "build", "--print-labels"], stdout=subprocess.PIPE, text=True).stdout.split()
    for suite in SUITES:
        if suite in wanted and (suite in labels or args.only):
            print(f"-- {suite}", flush=True)
            tally.ctest(suite, "build", suite)
        elif suite in wanted:
            print(f"-- {suite}: NOT IN THE BUILD, nothing was run", flush=True)
    if "asan" in wanted:
        print("-- asan", flush=True)
        lane(tally, "asan", ["unit", "property", "corpus", "simulation"])
    if "tsan" in wanted:
        print("-- tsan", flush=True)
        lane(tally, "tsan", ["unit"])
    if args.nightly:
        nightly(tally)
    print(f"\n{'suite':<12} {'seconds':>8} {'budget':>7}")
    for suite, seconds, budget, note in tally.rows:
        print(f"{suite:<12} {seconds:>8.1f} {budget:>7}  {note}")
    print(f"all in {time.monotonic() - begun:.0f} s\n\n{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
