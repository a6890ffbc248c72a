"""What the rivals share: the rows as columns, the terms, and the conversation with compare.py.

A rival is a program that is given a folder of columns and a number of rows. It prints `skip REASON`, or `ready` once everything is
loaded and prepared; then, for each line it reads: `round` runs the rules once over all rows and prints the seconds on the processor;
`write` leaves the outcomes as columns in the folder named after it; `peak`
prints the most memory that was needed, in MB."""

import array
import os
import sys
import time

AS_OF = 1768219200  # as in rows.h
FIRST = 1704067200

LISTED = [2, 1, 1, 3, 2, 1, 4, 3, 2, 4, 4, 3]  # severity x plan
ACKNOWLEDGE = {"elapsed": [0, 15, 60, 240, 480], "business": [0, 15, 60, 240, 510]}  # minutes by tier
RESOLVE = {"elapsed": [0, 240, 480, 1440, 4320], "business": [0, 240, 510, 1530, 2550]}
ACKNOWLEDGE_SHARE = [0, 500, 400, 200, 100]  # hundredths of a per cent
RESOLVE_SHARE = [0, 1250, 800, 500, 250]
MOST_SHARE = 1500
OPEN_SECONDS = 30600

BYTES = ["severity", "plan", "channel", "reopened", "client_caused", "force_majeure", "claim_delay"]
WORDS = ["opened", "acknowledged", "resolved", "fee"]
OUTPUTS = {"tier": "B", "acknowledgement_missed": "B", "resolution_missed": "B", "credit": "I"}


def read_column(folder, name, kind, rows=None):
    column = array.array(kind)
    with open(os.path.join(folder, name), "rb") as file:
        column.frombytes(file.read() if rows is None else file.read(rows * column.itemsize))
    return column


def read_columns(folder, rows):
    columns = {name: read_column(folder, name, "B", rows) for name in BYTES}
    columns.update({name: read_column(folder, name, "I", rows) for name in WORDS})
    return columns


def read_days(folder):
    """By UTC day: the open days before it, and the minute of opening (1440: closed)."""
    words = read_column(folder, "business_days", "I")
    return [word & 0xFFFF for word in words], [word >> 16 for word in words]


def write_columns(folder, outcomes):
    os.makedirs(folder, exist_ok=True)
    for name, kind in OUTPUTS.items():
        with open(os.path.join(folder, name), "wb") as file:
            file.write(array.array(kind, [int(v) for v in outcomes[name]]).tobytes())


def say(text):
    print(text, flush=True)


def skip(reason):
    say("skip " + reason)
    sys.exit(0)


def arguments():
    """Folder, rows, variant."""
    return sys.argv[1], int(sys.argv[2]), sys.argv[3]


def serve(run, outcomes, seconds=time.process_time, process="self"):
    """`run()` is one round, `outcomes()` its result as columns, `seconds()` a clock of the processor time that a round takes, `process` the
    one whose memory counts."""
    say("ready")
    for line in sys.stdin:
        words = line.split(maxsplit=1)
        if words[0] == "round":
            start = seconds()
            run()
            say("%.9f" % (seconds() - start))
        elif words[0] == "write":
            write_columns(words[1].strip(), outcomes())
            say("written")
        elif words[0] == "peak":
            with open("/proc/%s/status" % process) as file:
                say(next(str(int(row.split()[1]) // 1024) for row in file if row.startswith("VmHWM")))
