#!/usr/bin/env python3
"""Runs the rivals that are installed: outcomes first, which must be those of the kernel by hand, then rounds that are interleaved with
rounds of that kernel. Prints the medians, and the ratios within one round.

    compare.py WRIT_BENCH FOLDER [--variant elapsed|business] [--rounds N] [--rows N] [--only NAME,...] [--python PROGRAM] [--writ PROGRAM]

With --writ, also the agreement as a module of WebAssembly in Node, where Node is installed."""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))

# Name, program, variants, and how many rows are enough (what a row costs does not depend on how many there are).
RIVALS = [
    ("WebAssembly in Node", "wasm_module.mjs", ("elapsed", "business"), 1000000),
    ("numpy", "numpy_columns.py", ("elapsed", "business"), 1000000),
    ("DuckDB", "duckdb_table.py", ("elapsed", "business"), 1000000),
    ("PostgreSQL", "postgres_table.py", ("elapsed", "business"), 100000),
    ("SQLite", "sqlite_table.py", ("elapsed", "business"), 100000),
    ("plain Python", "plain_python.py", ("elapsed", "business"), 50000),
    ("CEL", "cel_expressions.py", ("elapsed",), 2000),
    ("Zen", "zen_decision.py", ("elapsed",), 2000),
]
OUTPUTS = ["tier", "acknowledgement_missed", "resolution_missed", "credit"]
SIZES = {"tier": 1, "acknowledgement_missed": 1, "resolution_missed": 1, "credit": 4}


class Way:
    def __init__(self, name, words, rows):
        self.name, self.rows, self.times = name, rows, []
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        first = self.process.stdout.readline().split(maxsplit=1)
        self.reason = None if first and first[0] == "ready" else (first[1].strip() if len(first) > 1 else "it ended at once")

    def ask(self, text):
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().strip()
        if not answer:
            sys.exit("%s ended" % self.name)
        return answer

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def differs(folder, expected, rows):
    """The first difference in words, or nothing."""
    for name in OUTPUTS:
        with open(os.path.join(folder, name), "rb") as a, open(os.path.join(expected, name), "rb") as b:
            got, want = a.read(), b.read(rows * SIZES[name])
        if got != want:
            row = next((i for i in range(min(len(got), len(want))) if got[i] != want[i]), min(len(got), len(want))) // SIZES[name]
            return "%s of row %d is not what it should be" % (name, row)
    return ""


def start(options, folder):
    ways = []
    for name, program, variants, rows in RIVALS:
        if options.variant not in variants or (options.only and name not in options.only.split(",")):
            continue
        rows = min(rows, options.rows)
        words = [options.python, os.path.join(HERE, program), folder, str(rows), options.variant]
        if program.endswith(".mjs"):
            words = [shutil.which("node") or shutil.which("nodejs")] + words[1:] + [options.writ, options.agreements]
            if not words[0] or not options.writ:
                print("%s is left out: it needs Node and --writ" % name)
                continue
        way = Way(name, words, rows)
        if way.reason:
            print("%s is left out: %s" % (name, way.reason))
            way.end()
            continue
        way.ask("round")
        out = os.path.join(folder, "of_" + program)
        way.ask("write " + out)
        problem = differs(out, os.path.join(folder, "expected_" + options.variant), rows)
        if problem:
            sys.exit("%s: %s" % (name, problem))
        ways.append(way)
    return ways


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("agreements")
    parser.add_argument("--variant", default="elapsed", choices=["elapsed", "business"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rows", type=int, default=1000000)
    parser.add_argument("--only", default="")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--writ", default="")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="writ-bench-") as folder:
        os.chmod(folder, 0o755)
        base = [options.program, options.agreements, "--rows", str(options.rows), "--variant", options.variant]
        subprocess.run(base + ["--export", folder], check=True)
        reference = Way("kernel by hand", base + ["--serve"], options.rows)
        ways = [reference] + start(options, folder)
        for _ in range(options.rounds):
            for way in ways:
                way.times.append(float(way.ask("round")) / way.rows)
        print("%s: median of %d interleaved rounds; all outcomes equal\n" % (options.variant, options.rounds))
        print("%-24s %10s %12s %14s %10s" % ("", "rows", "ns a row", "x first", "peak MB"))
        for way in ways:
            ratio = statistics.median(a / b for a, b in zip(way.times, reference.times))
            print("%-24s %10d %12.4g %14s %10.0f" % (way.name, way.rows, statistics.median(way.times) * 1e9, "1/%.4g" % ratio, float(way.ask("peak"))))
            way.end()


main()
