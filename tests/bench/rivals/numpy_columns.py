"""The rules over numpy arrays as narrow as the ranges allow."""

import way

try:
    import numpy as np
except ImportError:
    way.skip("numpy is not installed")


def open_seconds(folder):
    before, opening = (np.array(column, dtype=np.int32) for column in way.read_days(folder))

    def seconds(at):
        from_first = (at - np.uint32(way.FIRST)).astype(np.int32)
        day = from_first // 86400
        today = np.clip(from_first - day * 86400 - opening[day] * 60, 0, way.OPEN_SECONDS)
        return before[day] * way.OPEN_SECONDS + today

    return seconds


def main():
    folder, rows, variant = way.arguments()
    c = {name: np.frombuffer(column, dtype=column.typecode) for name, column in way.read_columns(folder, rows).items()}
    seconds = open_seconds(folder) if variant == "business" else lambda at: at.astype(np.int32)
    listed = np.array(way.LISTED, dtype=np.uint8)
    targets = [np.array(minutes[variant], dtype=np.int32) * 60 for minutes in (way.ACKNOWLEDGE, way.RESOLVE)]
    shares = [np.array(share, dtype=np.uint64) for share in (way.ACKNOWLEDGE_SHARE, way.RESOLVE_SHARE)]
    out = {}

    def run():
        tier = listed[c["severity"] * 3 + c["plan"]]
        promoted = (c["plan"] == 2) & (c["reopened"] >= 2)
        tier = np.where(promoted, np.maximum(tier - 1, 1), tier)
        tier = np.where(c["channel"] == 5, 0, tier).astype(np.uint8)
        judged = (tier != 0) & (c["client_caused"] == 0) & (c["force_majeure"] == 0)
        opened = seconds(c["opened"])
        late = []
        for field, target in zip(("acknowledged", "resolved"), targets):
            end = np.where(c[field] == 0, np.uint32(way.AS_OF), c[field])
            late.append(judged & (seconds(end) - opened > target[tier]))
        share = np.minimum(late[0] * shares[0][tier] + late[1] * shares[1][tier], way.MOST_SHARE)
        share = np.where(c["claim_delay"] > 30, np.uint64(0), share)
        credit = (c["fee"] * share + np.uint64(5000)) // np.uint64(10000)
        out.update(tier=tier, acknowledgement_missed=late[0], resolution_missed=late[1], credit=credit.astype(np.uint32))

    way.serve(run, lambda: out)


main()
