import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Deployed } from "../support/harness";
import { environment } from "./container";
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
export async function startPostgres({ user, password, database, args }: PostgresSettings): Promise<Running> {
    const server = await runPostgres(await makePostgres(user, password), args);
    if (database !== "postgres") {
        await start(`${pathOf("postgres")}/createdb`, ["-h", "127.0.0.1", "-U", user, database], {
            PGPASSWORD: password,
        }).finished();
    }
    return server;
}

/** Starts the PostgreSQL of a release, with the user, password, database and arguments of its pod. */
export async function startPostgresOf(release: Deployed<unknown>): Promise<Running> {
    const [container] = release.one("Deployment", "keep-database").inputs.spec.template.spec.containers;
    if (container === undefined) {
        throw new Error("the database's pod has no container");
    }
    const {
        POSTGRES_USER: user = "",
        POSTGRES_PASSWORD: password = "",
        POSTGRES_DB: database = "",
    } = environment(release, container);
    return startPostgres({ user, password, database, args: container.args });
}

/** Makes the data of a PostgreSQL with one user; gives back their directory. */
export async function makePostgres(user: string, password: string): Promise<string> {
    const directory = mkdtempSync(join(tmpdir(), "keep-postgres-"));
    chmodSync(directory, 0o777);
    const data = join(directory, "data");
    const init = `"$0/initdb" -D "$1" -U "$2" --auth=scram-sha-256 --pwfile=/dev/fd/3 3<<END\n${password}\nEND\n`;
    await asPostgres(["sh", "-c", init, pathOf("postgres"), data, user]).finished();
    return data;
}

/** Starts a PostgreSQL on its data, and waits until it takes connections. */
export async function runPostgres(data: string, args: readonly string[] = []): Promise<Running> {
    const bin = pathOf("postgres");
    const server = asPostgres([`${bin}/postgres`, "-D", data, "-k", tmpdir(), "-h", "127.0.0.1", ...args]);
    await server.until(
        () =>
            asPostgres([`${bin}/pg_isready`, "-q", "-h", "127.0.0.1"])
                .finished()
                .then(() => true),
        60,
    );
    return server;
}

/** Runs something as the user that owns a PostgreSQL's data: the server refuses to be root. */
export function asPostgres(command: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
    const user = ["--reuid=postgres", "--regid=postgres", "--clear-groups"];
    return start("setpriv", [...user, ...command], { HOME: tmpdir(), ...env });
}
