"""The rules in PostgreSQL, in a server of its own in a temporary folder, no parallel workers; outcomes into an unlogged table."""

import glob
import os
import pwd
import shutil
import subprocess
import tempfile

import sql
import way

HALT = "writ-end-of-answer"


def server_user():
    """The server refuses to run as root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        way.skip("PostgreSQL has no user of its own here, and root may not run it")


def demote(user):
    def change():
        if user:
            os.setgid(user.pw_gid)
            os.setuid(user.pw_uid)

    return change


class Server:
    def __init__(self, programs):
        self.user = server_user()
        self.folder = tempfile.mkdtemp(prefix="writ-bench-")
        if self.user:
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
        self.data = os.path.join(self.folder, "data")
        self.programs = programs
        self.call("initdb", "-D", self.data, "-A", "trust", "-U", "bench", "--no-sync")
        options = "-k %s -c listen_addresses='' -c fsync=off -c shared_buffers=1GB -c work_mem=256MB -c max_parallel_workers_per_gather=0 -c autovacuum=off -c jit=off" % self.folder
        self.call("pg_ctl", "-D", self.data, "-o", options, "-l", os.path.join(self.folder, "log"), "-w", "start")

    def call(self, program, *words):
        subprocess.run([os.path.join(self.programs, program), *words], check=True, stdout=subprocess.DEVNULL, preexec_fn=demote(self.user), cwd=self.folder)

    def stop(self):
        self.call("pg_ctl", "-D", self.data, "-m", "immediate", "stop")
        shutil.rmtree(self.folder)


class Session:
    def __init__(self, server):
        words = ["psql", "-h", server.folder, "-U", "bench", "-d", "postgres", "-qAtX", "-v", "ON_ERROR_STOP=1"]
        os.environ["PGOPTIONS"] = "-c client_min_messages=warning"
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.backend = int(self.ask("SELECT pg_backend_pid();")[0])

    def ask(self, text):
        self.process.stdin.write("%s\n\\echo %s\n" % (text, HALT))
        self.process.stdin.flush()
        lines = []
        for line in self.process.stdout:
            if line.strip() == HALT:
                return lines
            lines.append(line.strip())
        raise RuntimeError("psql ended")

    def seconds(self):
        """Of the process that serves this session."""
        with open("/proc/%d/schedstat" % self.backend) as file:
            return int(file.read().split()[0]) * 1e-9


def copy(session, table, rows):
    session.process.stdin.write("COPY %s FROM STDIN (FORMAT csv);\n" % table)
    for row in rows:
        session.process.stdin.write(",".join("" if v is None else str(v) for v in row) + "\n")
    session.ask("\\.")


def main():
    folder, rows, variant = way.arguments()
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))
    if not found or shutil.which("psql") is None:
        way.skip("PostgreSQL is not installed")
    server = Server(os.path.dirname(found[-1]))
    try:
        session = Session(server)
        kinds = ["id integer PRIMARY KEY"] + [name + " smallint" for name in way.BYTES] + [name + " bigint" for name in way.WORDS]
        session.ask("CREATE UNLOGGED TABLE ticket (%s); CREATE UNLOGGED TABLE day (number bigint PRIMARY KEY, before bigint, opening bigint);" % ", ".join(kinds))
        copy(session, "ticket", sql.rows_of(way.read_columns(folder, rows)))
        copy(session, "day", sql.days_of(folder))
        session.ask("ANALYZE;")
        query = sql.select(variant, yes="(%s)::int")

        def run():
            session.ask("DROP TABLE IF EXISTS outcome; CREATE UNLOGGED TABLE outcome AS %s;" % query)

        def outcomes():
            lines = session.ask("SELECT tier, acknowledgement_missed, resolution_missed, credit FROM outcome ORDER BY id;")
            return dict(zip(way.OUTPUTS, zip(*(line.split("|") for line in lines))))

        way.serve(run, outcomes, session.seconds, session.backend)
    finally:
        server.stop()


main()
