#!/usr/bin/env python3
"""Where the time of one way goes, by stage: samples of perf, made by a clock, so that no counters of the processor are needed.

    profile.py WRIT_BENCH FOLDER [--variant V] [--way N] [--rows N] [--rounds N]      (--way: the line of writ_bench's table, from 0)"""

import argparse
import collections
import re
import subprocess
import tempfile

# The first that fits; what remains is named by itself.
STAGES = [
    ("narrow and check columns", r"convert_|within|products_fit|expand_bits|load_column|states_"),
    ("admission to the term", r"admit"),
    ("fetch parameters", r"gather"),
    ("fold into totals", r"fold_|add_cell|cell|add_(ones|sums|group|aggregate|misses)|find_(equal|amounts|nonzero|words|bytes)|_period\b|find_place|add_(together|parts)|make_room|range_(32|64)|sum_(8|16|32)"),
    ("values per period, rights", r"portfolio_(columns|rights)|run_period|run_stage|_window|arisen_right|field_view"),
    ("copy columns out", r"copy_column|copy_outputs"),
    ("deadlines and calendars", r"rt_.*(deadline|business|open)|writ::value::"),
    ("other runtime functions", r"^rt_|writ::evaluate"),
    ("making code", r"llvm|LLVM"),
    ("making rows, checking the agreement", r"writ::bench|writ::check|writ::parse|writ::ir|antlr"),
]


def stage_of(library, symbol):
    for name, pattern in STAGES:
        if re.search(pattern, symbol) or re.search(pattern, library):
            return name
    if symbol.startswith("0x") and ".so" not in library and "kernel" not in library:
        return "emitted code"
    return "kernel of the system" if "kernel" in library else "other"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("agreements")
    parser.add_argument("--variant", default="elapsed")
    parser.add_argument("--way", default="2")
    parser.add_argument("--rows", default="1000000")
    parser.add_argument("--rounds", default="300")
    options = parser.parse_args()
    words = [options.program, options.agreements, "--variant", options.variant, "--only", options.way, "--rows", options.rows, "--rounds", options.rounds]
    with tempfile.NamedTemporaryFile() as data:
        subprocess.run(["perf", "record", "-q", "-e", "cpu-clock", "-F", "4999", "-o", data.name] + words, check=True, stdout=subprocess.DEVNULL)
        report = subprocess.run(["perf", "script", "-i", data.name, "-F", "ip,sym,dso"], check=True, capture_output=True, text=True).stdout
    stages, symbols = collections.Counter(), collections.defaultdict(collections.Counter)
    for line in report.splitlines():
        found = re.match(r"\s*([0-9a-f]+) (.*) \((.*)\)$", line)
        if not found:
            continue
        address, symbol, library = found.groups()
        symbol = "0x" + address if symbol == "[unknown]" else symbol
        stage = stage_of(library, symbol)
        stages[stage] += 1
        symbols[stage][re.sub(r"\(anonymous namespace\)::|writ::\w+::|[<(].*", "", symbol) if stage != "emitted code" else "functions of the agreement"] += 1
    total = sum(stages.values())
    print("%s, way %s: %d samples\n" % (options.variant, options.way, total))
    for stage, count in stages.most_common():
        most = ", ".join("%s %.0f %%" % (name, 100 * n / total) for name, n in symbols[stage].most_common(4) if n * 100 >= total)
        print("%5.1f %%  %-36s %s" % (100 * count / total, stage, most))


main()
