import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import {
    type Parameter,
    parameterFault,
    type Parameters,
    parametersIn,
    postgresParameters,
} from "../../components/database/parameters/postgres";
import { ROOT } from "./files";
import { asPostgres, makePostgres, runPostgres } from "./postgres";
import { need, pathOf } from "./programs";
import { start } from "./process";

/** A parameter as it is given to the server. */
type Assignment = readonly [name: string, value: string];

const TABLE = readFileSync(join(ROOT, "components/database/parameters/postgres17.tsv"), "utf8");

describe("PostgreSQL's verdict on parameters", function () {
    let data = "";
    let actual: Parameters;

    before(async function () {
        need(this, "postgres");
        data = await makePostgres("keep", "p");
        actual = parametersIn(await written(data));
    });

    it("comes from the table of PostgreSQL 17, as the command in its header writes it", function () {
        const version = Number(actual.get("server_version_num")?.max);
        if (Math.floor(version / 10_000) !== 17) {
            console.log(`      skipped: PostgreSQL ${version} is not 17`);
            this.skip();
        }
        assert.deepEqual([...actual], [...postgresParameters()]);
    });

    it("is that of the program, for good and bad values of each parameter that is the same in this version", async () => {
        const known = postgresParameters();
        const same = [...known.values()].filter(
            (parameter) =>
                !parameter.name.includes(".") &&
                JSON.stringify(parameter) === JSON.stringify(actual.get(parameter.name)),
        );
        const cases = [...same.flatMap(casesOf).filter(isComparable), ...ZONES];
        const rejected = await verdicts(data, cases);

        assert.ok(same.length > 250, `only ${same.length} parameters`);
        const wrong = cases.filter(
            ([name, value], index) => rejected[index] !== (parameterFault(known, name, value) !== undefined),
        );
        assert.deepEqual(wrong, []);
        console.log(
            `      ${cases.length} values of ${same.length} parameters, ${rejected.filter(Boolean).length} rejected`,
        );
    });

    it("is that of the program for names of other parameters, which extensions may define", async () => {
        const rejected = NAMES.map(async (name) => {
            const command = ["sh", "-c", '"$0" -D "$1" -c "$2=1" -C port 2>&1 || true'];
            const output = await asPostgres([...command, `${pathOf("postgres")}/postgres`, data, name]).finished();
            return output.includes("FATAL");
        });
        const known = postgresParameters();

        assert.deepEqual(
            await Promise.all(rejected),
            NAMES.map((name) => parameterFault(known, name, "1") !== undefined),
        );
    });
});

/**
 * Whether the server's verdict depends on the assignment alone, and the program leaves it to no other check: numbers of
 * connections must be digits for each engine (components/size/rules.ts).
 */
function isComparable([name, value]: Assignment): boolean {
    const isCounted = /^(max|reserved|superuser_reserved)_connections$/.test(name);
    return (!isCounted || /^\d+$/.test(value)) && !DEPENDS.includes(name);
}

/** Limited by the sum of all, by the stack of the process, and by the operating system; and what hides the messages. */
const DEPENDS = [
    ...["autovacuum_max_workers", "max_connections", "max_wal_senders", "max_worker_processes"],
    ...["max_stack_depth", "bonjour", "log_min_messages", "log_statement_stats"],
];

/** Names that the server has or not, apart from those in the table. */
const NAMES = ["work_memory", "innodb_buffer_pool_size", "a.b", "a.b.c", "a..b", "a.1", "a"];

const ZONES: readonly Assignment[] = ["UTC", "utc", "Europe/Berlin", "EST5EDT", "Europe/Atlantis", "Berlin", ""].map(
    (zone) => ["timezone", zone],
);

const SUFFIXES = ["B", "kB", "KB", " MB", "mb", "M", "GB", "Gi", "us", "ms", "s", "S", "min", "m", "h", "d", "sec"];

/** Values inside and outside the range of a parameter, in all notations. */
function casesOf(parameter: Parameter): Assignment[] {
    const { context, max, min, name, type, unit, words } = parameter;
    const all = (values: readonly string[]) => values.map((value): Assignment => [name, value]);
    if (context === "internal") {
        return all(["1"]);
    }
    const outside = Math.abs(max) < 2 ** 31 - 1 ? [String(max + 1)] : [];
    switch (type) {
        case "bool":
            return all(["on", "OFF", "tru", "o", "2", "", "enabled"]);
        case "enum":
            return all([...words, words[0]?.toUpperCase() ?? "", "true", "0", "o", "some"]);
        case "integer":
        case "real":
            return all([
                ...[min, max, min + 0.4].map(String),
                ...outside,
                ...(min > -(2 ** 31) ? [String(min - 1)] : []),
                ...["", "x", "1x", "0x10", "1e3", "1.5", ".5", " 7 ", "010", "08", "--1", "inf"],
                ...(unit === "" ? ["kB", "ms"] : SUFFIXES).map((suffix) => `128${suffix}`),
                ...(unit === "" ? [] : [`1${unit}`]),
            ]);
        default:
            return [];
    }
}

/** Whether the server rejects each assignment. It reads all of a file, if none gives a parameter twice. */
async function verdicts(data: string, cases: readonly Assignment[]): Promise<boolean[]> {
    const counts = new Map<string, number>();
    const files: Record<string, string>[] = [];
    const places = cases.map(([name, value]) => {
        const count = counts.get(name) ?? 0;
        counts.set(name, count + 1);
        files[count] = { ...files[count], [name]: value };
        return { name, count };
    });
    const rejected = new Map<number, ReadonlySet<string>>();
    for (const [count, file] of files.entries()) {
        rejected.set(count, await rejectedIn(data, file));
    }
    return places.map(({ name, count }) => rejected.get(count)?.has(name) === true);
}

async function rejectedIn(data: string, assignments: Readonly<Record<string, string>>): Promise<ReadonlySet<string>> {
    const file = join(tmpdir(), "parameters.conf");
    const lines = Object.entries(assignments).map(([name, value]) => `${name} = '${value}'\n`);
    writeFileSync(file, lines.join(""));
    const command = '"$0" -D "$1" -c config_file="$2" -C port || true';
    const output = await asPostgres(["sh", "-c", command, `${pathOf("postgres")}/postgres`, data, file]).finished();
    const found = [...output.matchAll(/parameter "([^"]+)"/g)].map(([, name = ""]) => name.toLowerCase());
    assert.equal(found.length > 0, output.includes("FATAL"), output);
    return new Set(found);
}

/** The table of this server, by the libraries and the query in the header of the file. */
async function written(data: string): Promise<string> {
    const [, libraries = ""] = /(shared_preload_libraries=\S+)/.exec(TABLE) ?? [];
    const [, query = ""] = /^# psql .* -c "(SELECT.*)"$/m.exec(TABLE) ?? [];
    const server = await runPostgres(data, ["-c", libraries]);
    const psql = start(
        `${pathOf("postgres")}/psql`,
        ["-h", "127.0.0.1", "-U", "keep", "-AtXF", "\t", "-c", query.replaceAll('\\"', '"'), "postgres"],
        { PGPASSWORD: "p" },
    );
    return psql.finished().finally(() => server.stop("SIGINT"));
}
