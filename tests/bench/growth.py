#!/usr/bin/env python3
"""Growth with rows, with agreements of one text, and with rules: runs writ_bench and writ_bench_growth over sizes, shows their tables, and draws them.

    growth.py WRIT_BENCH WRIT_BENCH_GROWTH FOLDER [--rounds N] [--most-rows N] [--most-rules N] [--svg FILE]"""

import argparse
import math
import re
import subprocess
import sys

COLOURS = ["#1b6ca8", "#c8553d", "#2a9d5c", "#7a4fa3", "#b58900", "#444444", "#00897b", "#d81b60"]


def bench(options, lines, size, *arguments):
    """Adds (size, ns a row) to the line of each way."""
    out = subprocess.run([options.bench, options.agreements, "--rounds", str(options.rounds), *arguments], check=True, capture_output=True, text=True).stdout
    for line in out.splitlines():
        found = re.match(r"(\S.*?)\s{2,}([\d.]+)\s+\S+\s+[\d.]+\s+-?\d+$", line)
        if found:
            lines.setdefault(found.group(1), []).append((size, float(found.group(2))))


def rows_grow(options):
    """{way: [(rows, ns a row)]}, from the smallest size to the largest."""
    lines, rows = {}, 1000
    while rows <= options.most_rows:
        bench(options, lines, rows, "--variant", "elapsed", "--rows", str(rows))
        rows *= 10
    return lines


def agreements_grow(options):
    """The same over agreements of one text. A right of fewer than ten would count more misses than it keeps."""
    lines = {}
    for agreements in (10, 100, 1000, 10000, 50000):
        bench(options, lines, agreements, "--variant", "customers", "--rows", str(min(options.most_rows, 1000000)), "--customers", str(agreements))
    return lines


def print_lines(title, lines):
    sizes = sorted({size for line in lines.values() for size, _ in line})
    print("%s\n\n%-56s %s" % (title, "", " ".join("%10s" % format(size, ",") for size in sizes)))
    for name, line in lines.items():
        print("%-56s %s" % (name, " ".join("%10.2f" % dict(line)[size] if size in dict(line) else " " * 10 for size in sizes)))
    print()


def rules_grow(options):
    """The same program's table as it comes, and {phase of shape: [(rules, ms)]}."""
    lines, shape, heads = {}, "", []
    process = subprocess.Popen([options.growth, "--most", str(options.most_rules)], stdout=subprocess.PIPE, text=True)
    for line in process.stdout:
        sys.stdout.write(line)
        sys.stdout.flush()
        words = line.split()
        if "milliseconds of each phase" in line:
            shape = "table" if line.startswith("one") else "rules"
        elif words[:1] == ["rules"]:
            heads = ["parse", "check", "plan", "code"]
        elif len(words) >= 6 and words[0].isdigit():
            for head, number in zip(heads, words[1:]):
                lines.setdefault("%s, %s" % (shape, head), []).append((int(words[0]), float(number)))
    if process.wait() != 0:
        sys.exit("writ_bench_growth failed")
    return lines


def chart(title, unit, lines, left):
    """One drawing of lines over two logarithmic axes."""
    points = [p for line in lines.values() for p in line if p[1] > 0]
    x_low, x_high = (math.log10(f(p[0] for p in points)) for f in (min, max))
    y_low, y_high = math.floor(math.log10(min(p[1] for p in points))), math.ceil(math.log10(max(p[1] for p in points)))

    def place(x, y):
        return left + 60 + 380 * (math.log10(x) - x_low) / max(x_high - x_low, 1), 340 - 290 * (math.log10(y) - y_low) / max(y_high - y_low, 1)

    out = ['<text x="%d" y="24" font-size="15">%s</text>' % (left + 60, title)]
    for power in range(y_low, y_high + 1):
        y = place(10 ** x_low, 10.0 ** power)[1]
        out.append('<line x1="%d" x2="%d" y1="%.1f" y2="%.1f" stroke="#ddd"/><text x="%d" y="%.1f" text-anchor="end">%g %s</text>' % (
            left + 60, left + 440, y, y, left + 54, y + 4, 10.0 ** power, unit))
    for x in sorted({p[0] for p in points}):
        out.append('<text x="%.1f" y="358" text-anchor="middle">%s</text>' % (place(x, 10.0 ** y_low)[0], format(x, ",")))
    for i, (name, line) in enumerate(lines.items()):
        colour = COLOURS[i % len(COLOURS)]
        drawn = " ".join("%.1f,%.1f" % place(x, y) for x, y in line if y > 0)
        out.append('<polyline fill="none" stroke="%s" stroke-width="2" points="%s"/>' % (colour, drawn))
        out.append('<text x="%d" y="%d" fill="%s">%s</text>' % (left + 450, 60 + 18 * i, colour, name))
    return out


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bench")
    parser.add_argument("growth")
    parser.add_argument("agreements")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--most-rows", type=int, default=10000000)
    parser.add_argument("--most-rules", type=int, default=10000)
    parser.add_argument("--svg", default="")
    options = parser.parse_args()
    rows, agreements = rows_grow(options), agreements_grow(options)
    print_lines("ns a row over rows", rows)
    print_lines("ns a row over agreements of one text", agreements)
    rules = rules_grow(options)
    if options.svg:
        with open(options.svg, "w") as file:
            file.write('<svg xmlns="http://www.w3.org/2000/svg" width="2500" height="380" font-family="sans-serif" font-size="12">\n')
            file.write("\n".join(chart("ns a row, by rows", "ns", rows, 0) + chart("ns a row, by agreements", "ns", agreements, 860) + chart("ms to compile, by rules", "ms", rules, 1720)))
            file.write("\n</svg>\n")


main()
