"""The rules as a decision of GoRules Zen: a decision table for the tier, then a node of expressions."""

import json

import way

try:
    import zen
except ImportError:
    way.skip("zen-engine is not installed")


def table(values, index):
    return "[%s][%s]" % (", ".join(str(v) for v in values), index)


EXPRESSIONS = {
    "tier": "channel == 5 ? 0 : (plan == 2 and reopened >= 2 and listed > 1 ? listed - 1 : listed)",
    "judged": "$.tier != 0 and client_caused == 0 and force_majeure == 0",
    "a_missed": "$.judged and (acknowledged == 0 ? %d : acknowledged) - opened > %s * 60" % (way.AS_OF, table(way.ACKNOWLEDGE["elapsed"], "$.tier")),
    "r_missed": "$.judged and (resolved == 0 ? %d : resolved) - opened > %s * 60" % (way.AS_OF, table(way.RESOLVE["elapsed"], "$.tier")),
    "share": "($.a_missed ? %s : 0) + ($.r_missed ? %s : 0)" % (table(way.ACKNOWLEDGE_SHARE, "$.tier"), table(way.RESOLVE_SHARE, "$.tier")),
    "credit": "claim_delay > 30 ? 0 : floor((fee * ($.share > %d ? %d : $.share) + 5000) / 10000)" % (way.MOST_SHARE, way.MOST_SHARE),
}


def node(name, kind, content=None):
    return {"id": name, "type": kind, "name": name, "position": {"x": 0, "y": 0}, **({"content": content} if content else {})}


def decision():
    rules = [{"_id": str(i), "s": str(i // 3), "p": str(i % 3), "t": str(tier)} for i, tier in enumerate(way.LISTED)]
    tiers = {
        "hitPolicy": "first",
        "inputs": [{"id": "s", "name": "severity", "field": "severity"}, {"id": "p", "name": "plan", "field": "plan"}],
        "outputs": [{"id": "t", "name": "listed", "field": "listed"}],
        "rules": rules,
        "passThrough": True,
    }
    credit = {"expressions": [{"id": key, "key": key, "value": value} for key, value in EXPRESSIONS.items()]}
    nodes = [node("in", "inputNode"), node("tiers", "decisionTableNode", tiers), node("credit", "expressionNode", credit), node("out", "outputNode")]
    names = [n["id"] for n in nodes]
    edges = [{"id": a + b, "sourceId": a, "targetId": b, "type": "edge"} for a, b in zip(names, names[1:])]
    return json.dumps({"nodes": nodes, "edges": edges})


def main():
    folder, rows, _ = way.arguments()
    columns = way.read_columns(folder, rows)
    tickets = [dict(zip(columns, row)) for row in zip(*columns.values())]
    prepared = zen.ZenEngine().create_decision(zen.ZenDecisionContent(decision()))
    out = []

    def run():
        out[:] = [prepared.evaluate(ticket)["result"] for ticket in tickets]

    def outcomes():
        keys = {"tier": "tier", "acknowledgement_missed": "a_missed", "resolution_missed": "r_missed", "credit": "credit"}
        return {name: [result[key] for result in out] for name, key in keys.items()}

    way.serve(run, outcomes)


main()
