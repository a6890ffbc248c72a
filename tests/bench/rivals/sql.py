"""The rules as one SELECT, for every database: integers only, a table of business days where business time counts."""

import way

COLUMNS = way.BYTES + way.WORDS  # of the table ticket, with id before them; not yet: null


def case_of(values):
    return "CASE tier " + " ".join("WHEN %d THEN %d" % (tier, value) for tier, value in enumerate(values) if tier > 0) + " END"


def listed_tier():
    whens = " ".join("WHEN severity = %d AND plan = %d THEN %d" % (i // 3, i % 3, tier) for i, tier in enumerate(way.LISTED))
    return "CASE " + whens + " END"


def open_seconds(at, day):
    """Open seconds from the first day on; least(), greatest() and min(), max() differ between databases, CASE does not."""
    into = "({at} - {first} - {day}.number * 86400 - {day}.opening * 60)".format(at=at, first=way.FIRST, day=day)
    return "({day}.before * {whole} + CASE WHEN {into} < 0 THEN 0 WHEN {into} > {whole} THEN {whole} ELSE {into} END)".format(day=day, whole=way.OPEN_SECONDS, into=into)


def ended(variant, divide):
    """Seconds that the clock of a ticket ran until each event, and its tier."""
    tier = (
        "CASE WHEN channel = 5 THEN 0 WHEN plan = 2 AND reopened >= 2 AND listed > 1 THEN listed - 1 ELSE listed END AS tier, "
        "client_caused = 0 AND force_majeure = 0 AND channel <> 5 AS judged"
    )
    source = "(SELECT ticket.*, %s AS listed, coalesce(acknowledged, %d) AS a_end, coalesce(resolved, %d) AS r_end FROM ticket) AS t" % (listed_tier(), way.AS_OF, way.AS_OF)
    if variant == "elapsed":
        return "SELECT id, fee, claim_delay, a_end - opened AS a_took, r_end - opened AS r_took, %s FROM %s" % (tier, source)
    joins = "".join(" JOIN day AS d%d ON d%d.number = %s" % (i, i, divide("(%s - %d)" % (at, way.FIRST), 86400)) for i, at in enumerate(("opened", "a_end", "r_end")))
    start = open_seconds("opened", "d0")
    return "SELECT id, fee, claim_delay, %s - %s AS a_took, %s - %s AS r_took, %s FROM %s%s" % (
        open_seconds("a_end", "d1"), start, open_seconds("r_end", "d2"), start, tier, source, joins)


def select(variant, divide=lambda a, b: "%s / %d" % (a, b), yes="%s"):
    """`divide`: whole quotients; `yes`: how a truth becomes a column."""
    missed = "SELECT id, fee, claim_delay, tier, judged AND a_took > %s AS a_missed, judged AND r_took > %s AS r_missed FROM (%s) AS e" % (
        case_of([m * 60 for m in way.ACKNOWLEDGE[variant]]), case_of([m * 60 for m in way.RESOLVE[variant]]), ended(variant, divide))
    share = "(CASE WHEN a_missed THEN %s ELSE 0 END + CASE WHEN r_missed THEN %s ELSE 0 END)" % (case_of(way.ACKNOWLEDGE_SHARE), case_of(way.RESOLVE_SHARE))
    capped = "SELECT id, fee, tier, a_missed, r_missed, CASE WHEN claim_delay > 30 THEN 0 WHEN {s} > {most} THEN {most} ELSE {s} END AS share FROM ({m}) AS m".format(
        s=share, most=way.MOST_SHARE, m=missed)
    credit = divide("(fee * share + 5000)", 10000)
    return "SELECT id, tier, coalesce(%s, %s) AS acknowledgement_missed, coalesce(%s, %s) AS resolution_missed, %s AS credit FROM (%s) AS c" % (
        yes % "a_missed", yes % "false", yes % "r_missed", yes % "false", credit, capped)


def rows_of(columns):
    for i, row in enumerate(zip(*(columns[name] for name in COLUMNS))):
        values = dict(zip(COLUMNS, row))
        yield (i,) + tuple(None if name in ("acknowledged", "resolved") and values[name] == 0 else values[name] for name in COLUMNS)


def days_of(folder):
    before, opening = way.read_days(folder)
    return list(zip(range(len(before)), before, opening))
