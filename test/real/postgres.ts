import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { pathOf } from "./programs";
import { type Running, start } from "./process";

/** What a PostgreSQL is told, by the names that its image uses. */
export interface PostgresSettings {
    readonly user: string;
    readonly password: string;
    readonly database: string;
    /** Arguments of the server, as the pod gives them. */
    readonly args?: readonly string[];
}

/** Starts an empty PostgreSQL on port 5432 of loopback, as its image would (docker-entrypoint.sh). */
export async function startPostgres({ user, password, database, args = [] }: PostgresSettings): Promise<Running> {
    const directory = mkdtempSync(join(tmpdir(), "keep-postgres-"));
    chmodSync(directory, 0o777);
    const data = join(directory, "data");
    const bin = pathOf("postgres");
    const asPostgres = (command: readonly string[]) =>
        start("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", ...command], { HOME: directory });

    const init = `"$0/initdb" -D "$1" -U "$2" --auth=scram-sha-256 --pwfile=/dev/fd/3 3<<END\n${password}\nEND\n`;
    await asPostgres(["sh", "-c", init, bin, data, user]).finished();
    const server = asPostgres([`${bin}/postgres`, "-D", data, "-k", directory, "-h", "127.0.0.1", ...args]);
    await server.until(
        () =>
            asPostgres([`${bin}/pg_isready`, "-q", "-h", "127.0.0.1"])
                .finished()
                .then(() => true),
        60,
    );
    if (database !== "postgres") {
        await start(`${bin}/createdb`, ["-h", "127.0.0.1", "-U", user, database], { PGPASSWORD: password }).finished();
    }
    return server;
}
