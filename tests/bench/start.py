#!/usr/bin/env python3
"""What a process of writ costs from its start: each command some times in turn, time on the processor (its own and the system's for it) and
on the wall. Then the same for a program in C with a compiled rule set, examples/embed-c, beside a program that does nothing; it needs a compiler.

    start.py WRIT [--rounds N]"""

import argparse
import os
import shutil
import statistics
import subprocess
import tempfile
import time

AGREEMENT = """agreement "Help desk"

between Desk   as provider "Bright Desk Ltd"
and     Garden as customer "Green Garden plc"

effective  2026-01-01
term       12 months
currency   GBP
time zone  "Europe/London"
round      half up, to the minor unit

use std.holidays.england_and_wales

calendar Office default {
  open   Mon..Fri 09:00..17:30
  closed england_and_wales
}

record Ticket since opened {
  id       : text, key
  opened   : instant
  answered : instant or not yet
}

clause 1 "Answers" {
  commitment Answer for Ticket by Desk {
    from opened until answered
    within 2 business hours
  }
}

clause 2 "Late answers" {
  remedy LateAnswer for missed Answer {
    credit GBP 50.00 for each missed Answer
    cap GBP 200.00 per month
    claimed by Garden within 30 days after month end
  }
}
"""
TICKETS = "id,opened,answered\nT1,2026-04-02T16:30,2026-04-07T10:20\nT2,2026-04-14T10:00,2026-04-14T11:15\n"


def run_once(words, folder):
    """Seconds on the processor, seconds on the wall, MB."""
    start = time.perf_counter()
    process = subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit("%s ended with %d" % (" ".join(words), process.returncode))
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024


def embedded(writ, folder):
    """Programs in C, each with a name: the example, and one that links the same libraries and does nothing. None where nothing compiles them."""
    compiler = shutil.which(os.environ.get("CC", "cc"))
    runtime = os.path.join(os.path.dirname(writ), "runtime", "package", "libwrit-rt.a")
    if compiler is None or not os.path.exists(runtime):
        print("without examples/embed-c: it needs a compiler of C and %s\n" % runtime)
        return []
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    example = os.path.join(root, "examples", "embed-c")
    made = lambda name: os.path.join(folder, name)
    for target, name in (("header", "helpdesk.h"), ("object", "helpdesk.o")):
        subprocess.run([writ, "build", os.path.join(example, "helpdesk.writ"), "--target", target, "-o", made(name)], check=True)
    with open(made("nothing.c"), "w") as file:
        file.write("int main(void) { return 0; }\n")
    headers = ["-I", os.path.join(root, "runtime", "include"), "-I", folder]
    for source, objects, name in ((made("nothing.c"), [], "nothing"), (os.path.join(example, "main.c"), [made("helpdesk.o"), runtime], "embed_c")):
        subprocess.run([compiler, "-O2", source, *objects, *headers, "-Wl,--no-as-needed", "-lstdc++", "-lm", "-o", made(name)], check=True)
    return [("nothing: C, linked with the library of C++", [made("nothing")]), ("examples/embed-c: a rule set, opened, and all it prints", [made("embed_c")])]


def measure(ways, folder, rounds, head):
    for _, words in ways:
        run_once(words, folder)
    times = [[] for _ in ways]
    for _ in range(rounds):
        for i, (_, words) in enumerate(ways):
            times[i].append(run_once(words, folder))
    print("%s; median of %d interleaved rounds\n" % (head, rounds))
    print("%-56s %12s %12s %12s %8s" % ("", "processor ms", "wall ms", "least wall", "MB"))
    for (name, _), of in zip(ways, times):
        processor, wall, memory = zip(*of)
        print("%-56s %12.2f %12.2f %12.2f %8.1f" % (name, statistics.median(processor) * 1e3, statistics.median(wall) * 1e3, min(wall) * 1e3, max(memory)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("writ")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    writ = os.path.abspath(options.writ)
    evaluate = [writ, "run", "helpdesk.writ", "--facts", "Ticket=tickets.csv", "--as-of", "2026-05-04T12:00", "--threads", "1"]
    ways = [
        ("writ --version: the program and its libraries", [writ, "--version"]),
        ("writ check: and reading, checking", [writ, "check", "helpdesk.writ"]),
        ("writ run: and evaluating, as chosen for few facts", evaluate),
        ("writ run --engine native: and making code", evaluate + ["--engine", "native"]),
    ]
    with tempfile.TemporaryDirectory(prefix="writ-bench-") as folder:
        for name, text in (("helpdesk.writ", AGREEMENT), ("tickets.csv", TICKETS)):
            with open(os.path.join(folder, name), "w") as file:
                file.write(text)
        measure(ways, folder, options.rounds * 3, "an agreement of two clauses, two records")
        programs = embedded(writ, folder)
        if programs:
            print()
            measure(programs, folder, options.rounds * 15, "a compiled rule set in a program in C")


main()
