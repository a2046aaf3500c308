#!/usr/bin/python3
"""Starts the sandbox, reads it with the command line over real HTTP, and compares the queue with the sandbox's own truth.

Usage: cycle.py BIN_FOLDER [--seeds 1-3] [--returns 300]. Prints the seeds and a count; exits 1 on any difference.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import urllib.request


def ctl(bin_folder, config, *args):
    done = subprocess.run([os.path.join(bin_folder, "counterfoilctl"), "--config", config, "--format", "json", *args],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=1200)
    return done.returncode, done.stdout, done.stderr


def key(row):
    about = row.get("rma") or row.get("order") or ""
    return row["type"], about


def truth_of(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/control/truth", timeout=30) as reply:
        data = json.load(reply)
    return data if isinstance(data, list) else data["findings"]


def facts_of(row):
    """Amount, currency, kind of risk and owner: what must agree beside type and return."""
    risk = row.get("at_risk")
    if risk is not None:
        return risk["amount"], risk["currency"], row.get("risk_kind") or "", row["owner"]
    if row.get("amount") is not None:
        return row["amount"], row["currency"], row.get("risk_kind") or "", row["owner"]
    return None, "", row.get("risk_kind") or "", row["owner"]


def differing(found, wanted):
    have = {}
    for row in found:
        have.setdefault(key(row), []).append(facts_of(row))
    return [(key(row), facts_of(row), have[key(row)], row.get("scenario"))
            for row in wanted if key(row) in have and facts_of(row) not in have[key(row)]]


def run_seed(bin_folder, seed, returns, verbose):
    with tempfile.TemporaryDirectory() as folder:
        config = os.path.join(folder, "config.json")
        sandbox = subprocess.Popen([os.path.join(bin_folder, "counterfoil-sandbox"), "--seed", str(seed), "--returns", str(returns), "--story", "off",
                                    "--faults", "none", "--port", "0", "--config", config, "--store", os.path.join(folder, "store")],
                                   stdout=subprocess.PIPE, text=True)
        try:
            line = sandbox.stdout.readline()
            port = int("".join(c if c.isdigit() else " " for c in line.split("127.0.0.1")[-1]).split()[0])
            code, out, err = ctl(bin_folder, config, "sync", "--once")
            if code != 0:
                print(f"seed {seed}: sync ended with {code}\n{out[-2000:]}\n{err[-2000:]}")
                return 1, 0
            code, out, err = ctl(bin_folder, config, "queue", "--filter", "is:open")
            if code != 0:
                print(f"seed {seed}: queue ended with {code}: {err}")
                return 1, 0
            found = [row for row in json.loads(out) if row["rma"] or row["order"]]
            wanted = truth_of(port)
            have = {key(row) for row in found}
            want = {key(row) for row in wanted}
            missed, extra = sorted(want - have), sorted(have - want)
            other = differing(found, wanted)
            print(f"seed {seed}: {len(want)} wanted, {len(want & have)} found, {len(missed)} missed, {len(extra)} not wanted, "
                  f"{len(other)} with another amount, risk or owner", flush=True)
            if verbose:
                for row in missed:
                    print("   missed    ", *row, [w.get("scenario") for w in wanted if key(w) == row])
                for row in extra:
                    print("   not wanted", *row, [f["reason"] for f in found if key(f) == row])
                for what, right, got, scenario in other:
                    print("   differs   ", *what, "wanted", right, "got", got, scenario)
            return len(missed) + len(extra) + len(other), len(want & have) - len(other)
        finally:
            sandbox.terminate()
            sandbox.wait(timeout=20)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("bin")
    options.add_argument("--seeds", default="1-3")
    options.add_argument("--returns", type=int, default=300)
    options.add_argument("--quiet", action="store_true")
    args = options.parse_args()
    low, _, high = args.seeds.partition("-")
    wrong = right = 0
    for seed in range(int(low), int(high or low) + 1):
        bad, good = run_seed(args.bin, seed, args.returns, not args.quiet)
        wrong += bad
        right += good
    print(f"{right} passed, {wrong} failed")
    return 1 if wrong or not right else 0


if __name__ == "__main__":
    sys.exit(main())
