"""The rules in plain Python over a list of dictionaries, one a ticket."""

import way


def judge_with(elapsed, acknowledge, resolve):
    def judge(t):
        if t["channel"] == 5:
            return 0, False, False, 0
        tier = way.LISTED[t["severity"] * 3 + t["plan"]]
        if t["plan"] == 2 and t["reopened"] >= 2:
            tier = max(1, tier - 1)
        late = [False, False]
        if not (t["client_caused"] or t["force_majeure"]):
            late = [elapsed(t["opened"], end or way.AS_OF) > minutes[tier] * 60 for end, minutes in ((t["acknowledged"], acknowledge), (t["resolved"], resolve))]
        credit = 0
        if t["claim_delay"] <= 30:
            share = (way.ACKNOWLEDGE_SHARE[tier] if late[0] else 0) + (way.RESOLVE_SHARE[tier] if late[1] else 0)
            credit = (t["fee"] * min(share, way.MOST_SHARE) + 5000) // 10000
        return tier, late[0], late[1], credit

    return judge


def open_seconds(before, opening):
    def seconds(at):
        day, of_day = divmod(at - way.FIRST, 86400)
        return before[day] * way.OPEN_SECONDS + min(max(of_day - opening[day] * 60, 0), way.OPEN_SECONDS)

    return seconds


def main():
    folder, rows, variant = way.arguments()
    columns = way.read_columns(folder, rows)
    tickets = [dict(zip(columns, row)) for row in zip(*columns.values())]
    if variant == "business":
        seconds = open_seconds(*way.read_days(folder))
        judge = judge_with(lambda start, end: seconds(end) - seconds(start), way.ACKNOWLEDGE[variant], way.RESOLVE[variant])
    else:
        judge = judge_with(lambda start, end: end - start, way.ACKNOWLEDGE[variant], way.RESOLVE[variant])
    out = []

    def run():
        out[:] = [judge(ticket) for ticket in tickets]

    way.serve(run, lambda: dict(zip(way.OUTPUTS, zip(*out))))


main()
