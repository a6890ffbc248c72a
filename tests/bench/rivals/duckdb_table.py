"""The rules in DuckDB, in memory, one thread; outcomes into a table."""

import sql
import way

try:
    import duckdb
except ImportError:
    way.skip("duckdb is not installed")

def load(db, columns):
    """Through CSV, so that nothing else must be installed; the time to load is not measured."""
    import csv
    import tempfile

    with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="") as file:
        csv.writer(file).writerows(sql.rows_of(columns))
        file.flush()
        kinds = {"id": "BIGINT", **{name: "UTINYINT" for name in way.BYTES}, **{name: "BIGINT" for name in way.WORDS}}
        db.execute("CREATE TABLE ticket (%s)" % ", ".join("%s %s" % pair for pair in kinds.items()))
        db.execute("COPY ticket FROM '%s' (FORMAT csv, HEADER false, NULLSTR '')" % file.name)


def main():
    folder, rows, variant = way.arguments()
    db = duckdb.connect()
    db.execute("SET threads = 1")
    db.execute("SET preserve_insertion_order = true")
    load(db, way.read_columns(folder, rows))
    db.execute("CREATE TABLE day (number BIGINT, before BIGINT, opening BIGINT)")
    db.executemany("INSERT INTO day VALUES (?, ?, ?)", sql.days_of(folder))
    query = sql.select(variant, divide=lambda a, b: "%s // %d" % (a, b))

    def run():
        db.execute("CREATE OR REPLACE TABLE outcome AS " + query)

    def outcomes():
        return dict(zip(way.OUTPUTS, zip(*db.execute("SELECT tier, acknowledgement_missed, resolution_missed, credit FROM outcome ORDER BY id").fetchall())))

    way.serve(run, outcomes)


main()
