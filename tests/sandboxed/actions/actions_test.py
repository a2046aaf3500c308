#!/usr/bin/python3
"""Credit and release to the end, over real HTTP, program against program (design.md 7, law.md 8 and 9).

Usage: actions_test.py BIN_FOLDER STORY... Several stories run beside each other. Whatever happens to the reply or to the process: the platform shows one credit or one
movement, equal to what the plan predicted, and the action ends proved.
"""
import decimal
import signal
import subprocess
import sys
import time

from bench import Bench, check, equal

CREDIT = "credit-forgotten"    # scenario: inspected, due, in no book
RELEASE = "into-quarantine"    # scenario: six pieces lie in quarantine, nobody looked at them
HOLD = 10                      # seconds between the approval and the write
QUARANTINE, SELLABLE, OUTLET = "11", "22", "33"
STOCK_WRITE, CREDIT_WRITE = "ReleaseStock", "AccountCredit"


def figure(text):
    return decimal.Decimal(text.replace(",", ""))


def one(rows, what):
    equal(len(rows), 1, what)
    return rows[0]


def without(state, *parts):
    """The world's state less what may have moved."""
    return {name: value for name, value in state.items() if name not in ("now", "console", *parts)}


# ---- credit

class Credit:
    """A credit that is filed and approved; what follows differs by story."""

    def __init__(self, bench):
        self.bench = bench
        self.rma = bench.rma_of(CREDIT)
        bench.ctl("sync", "--once")
        bench.ctl("prove", "credit-metafield", person="sol")
        self.proof_writes = bench.requests(CREDIT_WRITE)
        check(("credit-not-posted", self.rma) in bench.open_findings(), "the finding is not open before the credit")
        self.before = bench.state()
        preview = bench.ctl("credit", self.rma, "--preview", person="priya")
        check(preview["allowed"], f"the plan is refused: {preview['reason']}")
        self.promise = {name: figure(text) for name, text in preview["balance"].items()}
        row = one(bench.ctl("credit", self.rma, "--propose", person="priya"), "actions filed")
        equal(row["state"], "proposed", "state after filing")
        self.id = row["id"]
        bench.ctl("approve", self.id, person="nora", exit_code=1)  # a warehouse lead signs no credit
        bench.ctl("approve", self.id, person="priya", exit_code=1)  # nor does the proposer alone
        equal(bench.action(self.id)["state"], "proposed", "state after refused signatures")
        equal(bench.requests(CREDIT_WRITE), self.proof_writes, "writes before the approval")

    def credits(self):
        return self.bench.state()["console"]["balance_credits"] - self.before["console"]["balance_credits"]

    def owner(self, state):
        """The customer whose balance the plan names; found by its figure before."""
        was = [row["id"] for row in self.before["customers"] if "balance" in row and figure(row["balance"]) == self.promise["before"]]
        return one([row for row in state["customers"] if row["id"] in was], "customers with the balance of the plan")

    def is_done_once(self):
        bench, state = self.bench, self.bench.state()
        equal(self.credits(), 1, "credits on the platform")
        equal(figure(self.owner(state)["balance"]), self.promise["after"], "balance on the platform")
        receipts = [row["metafields"].get("$app:counterfoil.receipts", "") for row in state["customers"]]
        equal(sum(text.count(self.id) for text in receipts), 1, "receipts with this action's id")
        rma = one([row for row in state["rmas"] if row["rma"] == self.rma], "the RMA")
        equal(figure(rma["credited"]), figure(rma["expected_credit"]), "credited to this return in the world's own books")
        others = [row for row in state["customers"] if row["id"] != self.owner(state)["id"]]
        equal(others, [row for row in self.before["customers"] if row["id"] != self.owner(state)["id"]], "other customers")
        equal(without(state, "customers", "rmas"), without(self.before, "customers", "rmas"), "everything else")
        equal(bench.action(self.id)["state"], "settled", "state of the action")
        bench.verify_audit()

    def finding_closes(self):
        """By itself: nobody closed it; and a fresh read of everything leaves it so."""
        bench = self.bench
        check(("credit-not-posted", self.rma) not in bench.open_findings(), "the finding is open after the credit")
        bench.ctl("sync", "--once")
        check(not [row for row in bench.open_findings() if row[1] == self.rma], "this return has an open finding after a sync")
        rows = [row for row in bench.ctl("queue", "--closed") if (row["type"], row["rma"]) == ("credit-not-posted", self.rma)]
        equal([row["state"] for row in rows], ["closed"], "state of the finding")
        bench.ctl("credit", self.rma, person="priya", exit_code=1)  # nothing is due any more
        bench.ctl("approve", self.id, person="tom", exit_code=1)
        equal(self.credits(), 1, "credits after asking again")


def credit(bench):
    story = Credit(bench)
    begun = time.monotonic()
    sending = bench.start_ctl("approve", story.id, person="tom")
    bench.wait_until("the credit", lambda: story.credits() > 0, sending)
    check(time.monotonic() - begun >= HOLD - 1, "the write left before its hold was over")
    code, rows, err = bench.ended(sending)
    equal(code, 0, f"exit of approve ({err.strip()})")
    equal(one(rows, "actions reported")["state"], "settled", "state at the end")
    equal(bench.requests(CREDIT_WRITE), story.proof_writes + 1, "writes sent")
    story.is_done_once()
    story.finding_closes()


def credit_reply_lost(bench):
    story = Credit(bench)
    bench.post("faults", {"endpoint": "shopify", "match": CREDIT_WRITE, "kind": "drop-reply", "times": 1})
    code, rows, err = bench.ended(bench.start_ctl("approve", story.id, person="tom"))
    equal(bench.get("faults"), [], "faults left: the reply was not dropped")
    equal(code, 0, f"exit of approve ({err.strip()})")
    equal(one(rows, "actions reported")["state"], "settled", "state at the end")
    story.is_done_once()
    story.finding_closes()


def credit_killed(bench):
    story = Credit(bench)
    # The write is taken at once; its answer would come long after.
    bench.post("faults", {"endpoint": "shopify", "match": CREDIT_WRITE, "kind": "slow", "times": 1, "delay_ms": 60000})
    sending = bench.start_ctl("approve", story.id, person="tom")
    bench.wait_until("the credit", lambda: story.credits() > 0, sending)
    sending.send_signal(signal.SIGKILL)
    equal(sending.wait(timeout=10), -signal.SIGKILL, "end of the killed program")
    equal(bench.action(story.id)["state"], "sending", "state that the killed program left")
    rows = bench.ctl("actions", "--run")
    equal([row["state"] for row in rows], ["settled"], "state after the restart")
    story.is_done_once()
    story.finding_closes()


def credit_without_calls(bench):
    """Too few ReturnGO calls are left to find out what became of a write: it does not start."""
    story = Credit(bench)
    used = sum(row["total"] for row in bench.get("log")["requests"]["returngo"].values())
    bench.override("returngo", budget={"daily_cap": used + 4})
    bench.ctl("approve", story.id, person="tom", exit_code=4)
    equal(bench.action(story.id)["state"], "approved", "state without calls")
    equal(bench.requests(CREDIT_WRITE), story.proof_writes, "writes without calls")
    bench.override("returngo", budget={"daily_cap": 2000})
    rows = bench.ctl("actions", "--run")
    equal([row["state"] for row in rows], ["settled"], "state when there are calls again")
    story.is_done_once()


# ---- release

class Release:
    """Six pieces in quarantine: three go to the sellable location, two to the outlet, one stays."""

    MOVED = {QUARANTINE: -5, SELLABLE: 3, OUTLET: 2}

    def __init__(self, bench):
        self.bench = bench
        self.rma = bench.rma_of(RELEASE)
        bench.ctl("sync", "--once")
        bench.ctl("release", self.rma, person="nora", exit_code=1)  # nobody looked at them
        graded = bench.ctl("inspect", self.rma, "3 A, 2 B, 1 D in transit", person="rhys")
        equal(graded["graded"], 6, "pieces graded")
        bench.ctl("release", self.rma, person="nora", exit_code=1)  # locked: no proof run yet
        bench.ctl("prove", "release", person="sol")
        self.before = bench.state()
        preview = bench.ctl("release", self.rma, "--preview", person="rhys")
        check(preview["allowed"], f"the plan is refused: {preview['reason']}")
        self.promise = preview["lines"]
        equal(sorted(row["units"] for row in self.promise), [2, 3], "pieces by line")
        self.sku = one(sorted({row["sku"] for row in self.promise}), "SKUs")
        filed = bench.ctl("release", self.rma, "--propose", person="rhys")
        equal([row["state"] for row in filed], ["proposed", "proposed"], "states after filing")
        self.ids = sorted(row["id"] for row in filed)
        for action in self.ids:
            bench.ctl("approve", action, "--no-send", person="jo", exit_code=1)  # customer service signs no release
            bench.ctl("approve", action, "--no-send", person="nora")
        equal(self.moves(), {}, "movements before sending")

    def moves(self, state=None):
        """What moved of any SKU at any location: {(sku, location): pieces}."""
        state = state or self.bench.state()
        moved = {}
        for sku, places in state["levels"].items():
            for place, level in places.items():
                difference = level - self.before["levels"][sku][place]
                if difference:
                    moved[sku, place] = difference
        return moved

    def begin(self):
        """Sends both; SparkLayer shows Shopify's level 45 s later, which the world's clock skips."""
        return self.bench.start_ctl("actions", "--run")

    def whole(self):
        return {(self.sku, place): pieces for place, pieces in self.MOVED.items()}

    def let_spark_follow(self, process):
        self.bench.wait_until("both movements", lambda: self.moves() == self.whole(), process)
        self.bench.post("advance", {"seconds": 60})

    def is_done_once(self):
        bench, state = self.bench, self.bench.state()
        equal(self.moves(state), self.whole(), "movements on the platform")
        for row in self.promise:
            place = OUTLET if row["units"] == 2 else SELLABLE
            equal(state["levels"][self.sku][place], row["after"], f"level promised for {row['location']}")
        equal(state["console"]["stock_changes"] - self.before["console"]["stock_changes"], 4, "changes of stock by the console")
        equal(without(state, "levels"), without(self.before, "levels"), "everything else")
        equal([bench.action(action)["state"] for action in self.ids], ["settled", "settled"], "states of the actions")
        bench.verify_audit()

    def leaves_nothing_open(self):
        bench = self.bench
        bench.ctl("sync", "--once")
        of_stock = [row["type"] for row in bench.ctl("queue", "--filter", "is:open")
                    if row["rma"] == self.rma and (row["risk_kind"] == "stock" or row["type"] == "action-unproved")]
        equal(of_stock, [], "open findings about the stock or the actions")
        bench.ctl("release", self.rma, person="nora", exit_code=1)  # the damaged one stays, the rest is gone
        equal(self.moves(), self.whole(), "movements after asking again")


def release(bench):
    story = Release(bench)
    sending = story.begin()
    story.let_spark_follow(sending)
    code, rows, err = bench.ended(sending)
    equal(code, 0, f"exit of actions --run ({err.strip()})")
    equal([row["state"] for row in rows], ["settled", "settled"], "states at the end")
    story.is_done_once()
    story.leaves_nothing_open()


def release_reply_lost(bench):
    story = Release(bench)
    bench.post("faults", {"endpoint": "shopify", "match": STOCK_WRITE, "kind": "drop-reply", "times": 2})
    sending = story.begin()
    story.let_spark_follow(sending)
    code, _, err = bench.ended(sending)
    equal(bench.get("faults"), [], "faults left: the replies were not dropped")
    equal(code, 0, f"exit of actions --run ({err.strip()})")
    story.is_done_once()
    story.leaves_nothing_open()


def release_killed(bench):
    story = Release(bench)
    bench.post("faults", {"endpoint": "shopify", "match": STOCK_WRITE, "kind": "slow", "times": 1, "delay_ms": 60000})
    sending = story.begin()
    bench.wait_until("a movement", lambda: story.moves() != {}, sending)
    sending.send_signal(signal.SIGKILL)
    equal(sending.wait(timeout=10), -signal.SIGKILL, "end of the killed program")
    equal(sorted(bench.action(action)["state"] for action in story.ids), ["approved", "sending"], "states that the killed program left")
    again = story.begin()
    story.let_spark_follow(again)
    code, _, err = bench.ended(again)
    equal(code, 0, f"exit of actions --run ({err.strip()})")
    story.is_done_once()
    story.leaves_nothing_open()


STORIES = {"credit": credit, "credit-reply-lost": credit_reply_lost, "credit-killed": credit_killed,
           "credit-without-calls": credit_without_calls,
           "release": release, "release-reply-lost": release_reply_lost, "release-killed": release_killed}


def beside(bin_folder, names):
    """Each story in a process of its own: most of their time is the hold."""
    running = [(name, subprocess.Popen([sys.executable, "-B", __file__, bin_folder, name], stdout=subprocess.PIPE,
                                       stderr=subprocess.STDOUT, text=True)) for name in names]
    failed = 0
    for name, process in running:
        print(process.communicate()[0], end="", flush=True)
        if process.returncode != 0:
            print(f"{name}: FAILED")
            failed += 1
    return 1 if failed else 0


def main():
    names = sys.argv[2:]
    if not names or any(name not in STORIES for name in names):
        print(__doc__, f"Stories: {', '.join(STORIES)}", file=sys.stderr)
        return 2
    if len(names) > 1:
        return beside(sys.argv[1], names)
    begun = time.monotonic()
    print("seed 1, 12 returns", flush=True)
    with Bench(sys.argv[1]) as bench:
        STORIES[names[0]](bench)
    print(f"{names[0]}: as it should be, {time.monotonic() - begun:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
