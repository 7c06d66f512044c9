import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Programs of the database images that the scripts run, each with what it does in their place. */
const PROGRAMS: Readonly<Record<string, string>> = {
    // Unlike pg_dump it speaks to no server: it records the address, and writes an empty dump.
    pg_dump:
        'for each; do case $each in --dbname=*) printf %s "${each#--dbname=}" >"$RECORD/address" ;; --file=*) : >"${each#--file=}" ;; esac; done',
    // Unlike psql it speaks to no server: it records the address, and prints what its script prints, and nothing for a query.
    psql: 'for each; do case $each in --dbname=*) printf %s "${each#--dbname=}" >"$RECORD/address" ;; --command=*) exit ;; esac; done; sed -n "s/^.echo //p"',
    pg_restore: "true",
    // Unlike mysqldump it speaks to no server: it records its options file and the database, and writes an empty dump.
    mysqldump:
        'for each; do case $each in --defaults-extra-file=*) cp "${each#*=}" "$RECORD/options" ;; --result-file=*) : >"${each#*=}" ;; esac; database=$each; done; printf %s "$database" >"$RECORD/database"',
    // Unlike mysql it speaks to no server, and only records its options file and its statement.
    mysql: 'for each; do case $each in --defaults-extra-file=*) cp "${each#*=}" "$RECORD/options" ;; --execute=*) printf %s "${each#*=}" >"$RECORD/statement" ;; esac; done',
    // Unlike pg_isready and mysqladmin they ask no server, and always find it there.
    pg_isready: "true",
    mysqladmin: "true",
    // Unlike the server in single-user mode it changes nothing, and only records the file that its statement reads.
    postgres: 'cat >"$RECORD/statement"; cp "$RECORD/password/password" "$RECORD/taken"',
    // Unlike the image's entrypoint it starts nothing, and only records the file of statements.
    "docker-entrypoint.sh":
        'for each; do case $each in --init-file=*) cp "${each#*=}" "$RECORD/statement" ;; esac; done',
};

/** Puts the programs into a folder, for a PATH. */
export function writeStandIns(folder: string): void {
    mkdirSync(folder, { recursive: true });
    for (const [name, script] of Object.entries(PROGRAMS)) {
        writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
        chmodSync(join(folder, name), 0o755);
    }
}
