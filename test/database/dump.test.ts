import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { dumpScript } from "../../components/database/dump";
import { configOf, type Written } from "../support/config";

const PASSWORDS = [
    "plain",
    "p@ss:w/rd?#[]%&+",
    "with space",
    "it's",
    'say "hi"',
    "back\\slash",
    "two\\\\",
    "\\n\\t\\s",
    "$(id)`id`$HOME",
    "%s%%41%zz",
    "--dash",
    "#hash",
    "a;b=c",
    "é 日本 🔑",
    "x".repeat(1000),
];
const SHELLS = ["dash", "bash"].filter((shell) => existsSync(`/bin/${shell}`));

describe("a dump", () => {
    let directory: string;
    beforeEach(() => {
        directory = mkdtempSync(join(tmpdir(), "keep-dump-"));
    });
    afterEach(() => {
        rmSync(directory, { recursive: true });
    });

    /** Runs a dump with clients that keep their arguments, and the option file that MySQL's reads. */
    async function dump(
        shell: string,
        database: Written,
        url: string,
        server: Readonly<Record<string, string>> = {},
    ): Promise<{ args: string[]; options: string }> {
        const script = join(directory, "database.sh");
        writeFileSync(script, dumpScript((await configOf(database)).database).replaceAll("/tmp/", `${directory}/`));
        for (const client of ["pg_dump", "mysqldump"]) {
            writeFileSync(join(directory, client), `#!/bin/sh\nprintf '%s\\0' "$@" >"${directory}/args"\n`);
            chmodSync(join(directory, client), 0o755);
        }
        writeFileSync(join(directory, "mysql"), "#!/bin/sh\necho character set utf8mb4 collate utf8mb4_bin\n", {
            mode: 0o755,
        });
        writeFileSync(join(directory, "psql"), "#!/bin/sh\n", { mode: 0o755 });
        const [program, ...args] = [shell, "-euc", `. ${script}; dump ${join(directory, "out")}`];
        const env = { PATH: `${directory}:/usr/bin:/bin`, DATABASE_CONNECTION_STRING: url, ...server };
        execFileSync(program, args, { env });
        const options = join(directory, "mysql.cnf");
        return {
            args: readFileSync(join(directory, "args"), "utf8").split("\0").slice(0, -1),
            options: existsSync(options) ? readFileSync(options, "utf8") : "",
        };
    }

    for (const [kind, client, probe] of [
        ["postgres", "pg_dump", "pg_isready"],
        ["mysql", "mysqldump", "mysqladmin"],
    ] as const) {
        it(`of ${kind} waits for a server that a new pod cannot reach yet`, async () => {
            const file = (name: string) => join(directory, name);
            const { database } = await configOf({ database: { kind } });
            writeFileSync(file("database.sh"), dumpScript(database).replaceAll("/tmp/", `${directory}/`));
            copyFileSync(join(__dirname, "../../components/backup/dump.sh"), file("dump.sh"));
            // The server answers when it is asked for the third time.
            for (const [name, code] of [
                [probe, `test "$(grep -c ${probe} "${file("calls")}")" -ge 3`],
                [client, `touch "${file(".partial")}"`],
                ["sleep", "true"],
                ["mysql", "true"],
                ["psql", "true"],
            ] as const) {
                writeFileSync(file(name), `#!/bin/sh\necho ${name} >>"${file("calls")}"\n${code}\n`, { mode: 0o755 });
            }
            const url = `${kind}://keep:masked@db/keep`;
            const env = { PATH: `${directory}:/usr/bin:/bin`, DATABASE_CONNECTION_STRING: url };
            execFileSync("sh", [file("dump.sh")], { env: { ...env, DIRECTORY: directory, NAME: "keep.keep" } });
            assert.deepEqual(
                readFileSync(file("calls"), "utf8")
                    .trim()
                    .split("\n")
                    .filter((call) => !["mysql", "psql"].includes(call)),
                [...[probe, "sleep"], ...[probe, "sleep"], ...[probe, client]],
            );
        });
    }

    it("of MySQL needs no right of the whole server, and can be restored without one, also with GTIDs", async () => {
        const { args } = await dump("sh", { database: { kind: "mysql" } }, "mysql+pymysql://keep:p@db:3306/keep");
        const needed = ["--single-transaction", "--no-tablespaces", "--set-gtid-purged=OFF"];
        assert.deepEqual(
            needed.filter((option) => !args.includes(option)),
            [],
        );
    });

    it("of MySQL has no limit of time, whatever max_execution_time the server has", async () => {
        const { options } = await dump("sh", { database: { kind: "mysql" } }, "mysql+pymysql://keep:p@db:3306/keep");

        // mysql and mysqladmin do not read this group.
        const [, group = ""] = options.split("[mysqldump]\n");
        assert.equal(group, 'loose-init-command="SET SESSION max_execution_time = 0"\n');
    });

    it("of MySQL ends with the collation of the database, which mysqldump leaves out", async () => {
        await dump("sh", { database: { kind: "mysql" } }, "mysql+pymysql://keep:p@db:3306/keep");

        const text = readFileSync(join(directory, "out"), "utf8");
        assert.equal(text, "alter database character set utf8mb4 collate utf8mb4_bin;\n");
    });

    for (const [query, place, rest] of [
        ["host=a:5432&host=b:5433", "a:5432,b:5433", ""],
        ["host=a%3A5432&sslmode=require&host=b", "a:5432,b", "?sslmode=require"],
        ["host=a:5432", "a:5432", ""],
        ["host=a&port=5433", "", "?host=a&port=5433"],
        ["host=%2Fvar%2Frun%3Apostgresql", "", "?host=%2Fvar%2Frun%3Apostgresql"],
    ] as const) {
        it(`of PostgreSQL reads the hosts that SQLAlchemy reads: ${query}`, async () => {
            const url = `postgresql+psycopg2://me:p@/keep?${query}`;
            const { args } = await dump("sh", { database: { kind: "postgres" } }, url);

            assert.equal(args.at(-1), `--dbname=postgresql://me:p@${place}/keep${rest}`);
        });
    }

    for (const [address, expected] of [
        [
            "/keep?unix_socket=%2Fcloudsql%2Fproject%3Aeu%3Akeep",
            ["protocol=SOCKET", 'socket="/cloudsql/project:eu:keep"', 'user="me"', 'password="p"'],
        ],
        [
            "db/?database=keep&ssl_cert=%2Ftls%2Ftls.crt&ssl_key=%2Ftls%2Ftls.key&passwd=other",
            [
                'host="db"',
                'port="3306"',
                'user="me"',
                'password="other"',
                "ssl-mode=REQUIRED",
                'ssl-cert="/tls/tls.crt"',
                'ssl-key="/tls/tls.key"',
            ],
        ],
    ] as const) {
        it(`of MySQL reads the parameters that PyMySQL reads: ${address}`, async () => {
            const url = `mysql+pymysql://me:p@${address}`;
            const { args, options } = await dump("sh", { database: { kind: "mysql" } }, url);

            const [client = ""] = options.split("\n[mysqldump]\n");
            assert.deepEqual(client.split("\n"), ["[client]", ...expected]);
            assert.equal(args.at(-1), "keep");
        });
    }

    it("of PostgreSQL connects to its own server in place of a pooler, also of several hosts", async () => {
        const server = { DUMP_HOST: "2001:db8::1", DUMP_PORT: "5432" };
        const ofServer = "host=2001:db8::1&port=5432&hostaddr=";
        for (const [address, expected] of [
            ["pooler:6432/keep", `pooler:6432/keep?${ofServer}`],
            ["pooler/keep?sslmode=require&host=a&port=1", `pooler/keep?sslmode=require&host=a&port=1&${ofServer}`],
            ["/keep?host=a:6432&host=b:6432", `a:6432,b:6432/keep?${ofServer}`],
        ] as const) {
            const url = `postgresql+psycopg2://me:p@${address}`;
            const { args } = await dump("sh", { database: { kind: "postgres" } }, url, server);

            assert.equal(args.at(-1), `--dbname=postgresql://me:p@${expected}`);
        }
    });

    for (const shell of SHELLS) {
        it(`of MySQL signs in with any password, in ${shell}`, async () => {
            for (const password of PASSWORDS) {
                const url = `mysql+pymysql://keep:${encodeURIComponent(password)}@[2001:db8::1]:3307/alerts?charset=utf8mb4`;
                const { args, options } = await dump(shell, { database: { kind: "mysql" } }, url);
                assert.deepEqual(optionsOf(options), { host: "2001:db8::1", port: "3307", user: "keep", password });
                assert.equal(args.at(-1), "alerts");
            }
        });

        it(`of PostgreSQL gives libpq the URL with spaces that it reads, in ${shell}`, async () => {
            for (const password of PASSWORDS) {
                const login = `keep:${encodeURIComponent(password)}`;
                const url = `postgresql+psycopg2://${login}@db:5432/keep?options=-c+statement_timeout%3D5`;
                const { args } = await dump(shell, { database: { kind: "postgres" } }, url);
                assert.equal(
                    args.at(-1),
                    `--dbname=postgresql://${login}@db:5432/keep?options=-c%20statement_timeout%3D5`,
                );
            }
        });
    }
});

/** What a client of MySQL reads in an option file, when every value is in double quotes (mysys/my_default.cc). */
function optionsOf(text: string): Record<string, string> {
    const escapes: Readonly<Record<string, string>> = { b: "\b", n: "\n", r: "\r", s: " ", t: "\t" };
    return Object.fromEntries(
        [...text.matchAll(/^(\w+)="((?:[^"\\]|\\.)*)"$/gm)].map(([, name = "", value = ""]) => [
            name,
            value.replaceAll(/\\(.)/g, (_, character: string) => escapes[character] ?? character),
        ]),
    );
}
