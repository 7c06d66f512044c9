import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Running, start } from "./process";
import { pathOf } from "./programs";

/** What a MySQL server is created with. */
export interface MysqlSettings {
    readonly user: string;
    readonly password: string;
    readonly database: string;
}

/** Starts an empty MySQL on port 3306 of loopback, with one user and a database. It runs as root, which its image does not. */
export async function startMysql({ user, password, database }: MysqlSettings): Promise<Running> {
    const directory = mkdtempSync(join(tmpdir(), "keep-mysql-"));
    const common = ["--no-defaults", "--user=root", `--datadir=${directory}/data`, "--secure-file-priv=NULL"];
    await start(pathOf("mysql"), [...common, "--initialize-insecure"]).finished();
    const server = start(pathOf("mysql"), [
        ...common,
        "--bind-address=127.0.0.1",
        "--mysqlx=OFF",
        `--socket=${directory}/socket`,
        `--pid-file=${directory}/pid`,
    ]);
    const statements = [
        `CREATE DATABASE ${database}`,
        `CREATE USER ${user}@'%' IDENTIFIED BY '${password}'`,
        `GRANT ALL ON ${database}.* TO ${user}@'%'`,
    ];
    const script = [
        "import pymysql, sys",
        'cursor = pymysql.connect(host="127.0.0.1", user="root").cursor()',
        "for statement in sys.argv[1:]: cursor.execute(statement)",
    ].join("\n");
    await server.until(
        () =>
            start(pathOf("python"), ["-c", script, ...statements])
                .finished()
                .then(() => true),
        60,
    );
    return server;
}
