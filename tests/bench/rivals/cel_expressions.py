"""The rules as expressions of CEL (the package common-expression-language, an interpreter in Rust), each result handed to the next as a
variable."""

import way

try:
    import cel
except ImportError:
    way.skip("common-expression-language is not installed")


def table(values, index):
    return "[%s][%s]" % (", ".join(str(v) for v in values), index)


EXPRESSIONS = {
    "listed": table(way.LISTED, "severity * 3 + plan"),
    "tier": "channel == 5 ? 0 : (plan == 2 && reopened >= 2 && listed > 1 ? listed - 1 : listed)",
    "judged": "tier != 0 && client_caused == 0 && force_majeure == 0",
    "a_missed": "judged && (acknowledged == 0 ? %d : acknowledged) - opened > %s * 60" % (way.AS_OF, table(way.ACKNOWLEDGE["elapsed"], "tier")),
    "r_missed": "judged && (resolved == 0 ? %d : resolved) - opened > %s * 60" % (way.AS_OF, table(way.RESOLVE["elapsed"], "tier")),
    "share": "(a_missed ? %s : 0) + (r_missed ? %s : 0)" % (table(way.ACKNOWLEDGE_SHARE, "tier"), table(way.RESOLVE_SHARE, "tier")),
    "credit": "claim_delay > 30 ? 0 : (fee * (share > %d ? %d : share) + 5000) / 10000" % (way.MOST_SHARE, way.MOST_SHARE),
}


def main():
    folder, rows, _ = way.arguments()
    columns = way.read_columns(folder, rows)
    programs = [(name, cel.compile(text)) for name, text in EXPRESSIONS.items()]
    tickets = [dict(zip(columns, row)) for row in zip(*columns.values())]
    out = []

    def judge(ticket):
        values = dict(ticket)
        for name, program in programs:
            values[name] = program.execute(values)
        return values["tier"], values["a_missed"], values["r_missed"], values["credit"]

    def run():
        out[:] = [judge(ticket) for ticket in tickets]

    way.serve(run, lambda: dict(zip(way.OUTPUTS, zip(*out))))


main()
