"""The rules in SQLite, in memory; outcomes into a table."""

import sqlite3

import sql
import way


def main():
    folder, rows, variant = way.arguments()
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE ticket (id INTEGER PRIMARY KEY, %s)" % ", ".join(name + " INTEGER" for name in sql.COLUMNS))
    db.executemany("INSERT INTO ticket VALUES (%s)" % ", ".join("?" * (1 + len(sql.COLUMNS))), sql.rows_of(way.read_columns(folder, rows)))
    db.execute("CREATE TABLE day (number INTEGER PRIMARY KEY, before INTEGER, opening INTEGER)")
    db.executemany("INSERT INTO day VALUES (?, ?, ?)", sql.days_of(folder))
    query = sql.select(variant)

    def run():
        db.execute("DROP TABLE IF EXISTS outcome")
        db.execute("CREATE TABLE outcome AS " + query)

    def outcomes():
        return dict(zip(way.OUTPUTS, zip(*db.execute("SELECT tier, acknowledgement_missed, resolution_missed, credit FROM outcome ORDER BY id"))))

    way.serve(run, outcomes)


main()
