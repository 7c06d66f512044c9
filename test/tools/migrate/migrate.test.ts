import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parse } from "yaml";

import { stackSchema } from "../../../components/settings/schema";
import { allPaths } from "../../../components/settings/knownKeys";
import { CHANGED_DEFAULTS, RENAMED } from "../../../components/settings/renamed";
import { suggestion } from "../../../components/settings/suggestion";
import { main } from "../../../tools/migrate";
import { migrate } from "../../../tools/migrate/migrate";
import { UserError } from "../../../tools/preview/userError";

const renamed = [
    { from: "host", to: "publicUrl", since: "0.3.0" },
    { from: "database.disk", to: "database.volume", since: "0.3.0" },
    { from: "alerting", to: "monitoring.rules", since: "0.4.0" },
    { from: "token", to: "apiToken", since: "0.4.0" },
];

const FILE = `# Of the team.
config:
    # The address.
    keep:host: http://keep.example.com # public
    keep:database:
        kind: postgres
        disk:
            # Fast.
            size: 5Gi
    keep:alerting: true
    keep:token:
        secure: v1:abc:def
`;

describe("npm run migrate", () => {
    it("gives settings their names of now, and leaves comments, order and encrypted values alone", () => {
        const { text, changes, left } = migrate(FILE, { renamed });

        assert.equal(
            text,
            `# Of the team.
config:
    # The address.
    keep:publicUrl: http://keep.example.com # public
    keep:database:
        kind: postgres
        volume:
            # Fast.
            size: 5Gi
    keep:apiToken:
        secure: v1:abc:def
    keep:monitoring:
        rules: true
`,
        );
        assert.deepEqual(
            changes,
            renamed.map(({ from, to, since }) => `renamed keep:${from} to keep:${to} (changed in ${since}).`),
        );
        assert.deepEqual(left, []);
        assert.deepEqual(migrate(text, { renamed }), { text, changes: [], left: [] });
    });

    it("leaves it to the reader where both names are set", () => {
        const both = "config:\n    keep:host: a\n    keep:publicUrl: b\n";

        const { text, left } = migrate(both, { renamed });

        assert.equal(text, both);
        assert.deepEqual(left, [
            "keep:host was renamed to keep:publicUrl in 0.3.0, and both are set. Remove one of them.",
        ]);
    });

    for (const [what, written, from, expected] of [
        ["sets the default of an earlier version", "config: {}\n", "0.1.0", "nginx"],
        ["sets it beside other settings", "config:\n    keep:ingress: { className: own }\n", "0.1.0", "nginx"],
        ["keeps what is set", "config:\n    keep:ingress: { kind: alb }\n", "0.1.0", "alb"],
        ["sets nothing where the default is that of the version", "config: {}\n", "0.2.0", undefined],
        ["sets no default where no version is given", "config: {}\n", undefined, undefined],
    ] as const) {
        it(what, () => {
            const { text } = migrate(written, { from });

            assert.equal(/kind: ([a-z]+)/.exec(text)?.[1], expected);
        });
    }

    it("leaves numbers as they are written, also those that Pulumi reads as octal", () => {
        const written = [
            "0400",
            "0o400",
            "0x1F",
            "12345678901234567890",
            "1e3",
            "1.10",
            "1_000",
            "~",
            "null",
            "True",
            "2024-01-31",
        ];
        const lines = written.map((value, index) => `    other:${index}: ${value}\n`).join("");

        const { text } = migrate(`config:\n${lines}    keep:host: a\n`, { renamed });

        assert.equal(text, `config:\n${lines}    keep:publicUrl: a\n`);
    });

    for (const block of [
        "|4-\n            y\n        z\n",
        "|4+\n\n         y\n\n",
        ">2\n         y\n      z\n",
        "\n        - |2\n             y\n          z\n",
        "|\n        y\n",
    ]) {
        it(`leaves the texts in blocks as they are: ${JSON.stringify(block)}`, () => {
            const text = `config:\n    keep:host: a\n    my:text: ${block}`;
            const migrated = migrate(text, { renamed });
            const expected = parse(text.replace("keep:host", "keep:publicUrl")) as unknown;
            assert.deepEqual(parse(migrated.text), expected);
        });
    }

    it("keeps the line ends of Windows", () => {
        const { text } = migrate("config:\r\n    keep:host: a\r\n    my:text: |\r\n        y\r\n", { renamed });
        assert.equal(text, "config:\r\n    keep:publicUrl: a\r\n    my:text: |\r\n        y\r\n");
    });

    it("sets a default below a key without a value", () => {
        const { text, left } = migrate("config:\n    keep:ingress:\n        # className: own\n", { from: "0.1.0" });

        assert.match(text, /^config:\n {4}keep:ingress:.*\n( {4,}# className: own\n)? {8}kind: nginx\n/);
        assert.deepEqual(left, []);
    });

    for (const [text, reason] of [
        ["config:\n    keep:ingress: ${platform.ingress}\n", "keep:ingress is an encrypted value or a text"],
        ["config:\n    keep:ingress: { secure: v1:a:b }\n", "keep:ingress is an encrypted value or a text"],
        ["config:\n    keep:ingress.kind: traefik\n", "the file has the key keep:ingress.kind, which is no path"],
        ["environment: [keep/prod]\nconfig: {}\n", "environment can set it"],
    ] as const) {
        it(`leaves a default to the reader where it cannot know it: ${JSON.stringify(text)}`, () => {
            assert.deepEqual(migrate(text, { from: "0.1.0" }), {
                text,
                changes: [],
                left: [
                    `keep:ingress.kind was nginx by default before 0.2.0, and ${reason}. If it is not set there, set it to nginx.`,
                ],
            });
        });
    }

    for (const text of ["config: [\n", "config: 5\n", "config: [a]\n", "text\n", "\uFEFF\u0000p\u0000u"]) {
        it(`rejects ${JSON.stringify(text)}, which is no stack file`, () => {
            assert.throws(() => migrate(text, { from: "0.0.1" }), UserError);
        });
    }

    it("accepts a stack file without settings", () => {
        assert.deepEqual(migrate("config:\n", { renamed }).changes, []);
    });

    describe("as a command", () => {
        let folder: string;
        const written = () => readFileSync(join(folder, "Pulumi.prod.yaml"), "utf8");
        beforeEach(() => {
            folder = mkdtempSync(join(tmpdir(), "keep-migrate-"));
            writeFileSync(join(folder, "Pulumi.prod.yaml"), "config:\n    keep:size: small\n");
            writeFileSync(join(folder, "Pulumi.yaml"), "name: keep\n");
        });
        afterEach(() => {
            rmSync(folder, { recursive: true, force: true });
        });

        it("rewrites every stack file, or says with --check that one is to be", () => {
            assert.equal(main(["--from", "0.1.0", "--check"], folder), 1);
            assert.doesNotMatch(written(), /nginx/);
            assert.equal(main(["--from", "0.1.0"], folder), 0);
            assert.match(written(), /keep:ingress:\n {8}kind: nginx\n/);
            assert.equal(main(["prod", "--from", "0.1.0", "--check"], folder), 0);
            assert.equal(readFileSync(join(folder, "Pulumi.yaml"), "utf8"), "name: keep\n");
        });

        it("rewrites no file if it cannot read another", () => {
            writeFileSync(join(folder, "Pulumi.test.yaml"), "config: [\n");

            assert.throws(() => main(["--from", "0.1.0"], folder), /^Error: Pulumi\.test\.yaml is not valid YAML/);
            assert.doesNotMatch(written(), /nginx/);
        });

        it("rejects a stack that does not exist", () => {
            assert.throws(() => main(["nope"], folder), /^Error: Pulumi\.nope\.yaml does not exist/);
        });

        it("rejects what is no version", () => {
            assert.throws(() => main(["--from", "now"], folder), /^Error: --from now is not a version/);
            assert.throws(
                () => main(["--from", "999.0.0"], folder),
                /^Error: --from 999.0.0 is newer than this version/,
            );
        });
    });
});

describe("the names and defaults of earlier versions", () => {
    it("lead to settings that exist, and are no names of settings themselves", () => {
        const paths = allPaths().map((path) => path.join("."));

        assert.deepEqual(
            [...RENAMED.map(({ to }) => to), ...CHANGED_DEFAULTS.map(({ key }) => key)].filter(
                (path) => !paths.includes(path),
            ),
            [],
        );
        assert.deepEqual(
            RENAMED.filter(({ from }) => paths.includes(from)),
            [],
        );
    });

    it("are values that the settings still take", () => {
        for (const { key, was } of CHANGED_DEFAULTS) {
            const [first = "", inner = ""] = key.split(".");
            const schema = Object.entries(stackSchema.shape).find(([name]) => name === first)?.[1];

            assert.equal(schema?.safeParse({ [inner]: was }).success, true, key);
        }
    });

    it("are told where a setting of an earlier name is not known", () => {
        const answer =
            "It was renamed to keep:database.volume.size in 0.3.0. To rename it in stack files, run npm run migrate";

        assert.equal(suggestion(["database", "disk", "size"], ["kind"], { renamed }), answer);
        assert.equal(suggestion(["database", "diskette"], ["kind"], { renamed }), "Use one of kind");
    });
});
