import assert from "node:assert/strict";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

import type { Kind } from "../../components/provision/kinds";
import { minimal } from "../support/config";
import { problems } from "../support/refusals";
import { problemsOfDirectory, problemsOfFiles } from "./problems";

const STEP = "steps: [{name: a, provider: {type: console, with: {}}}]";
const workflow = (id: string, more = "") => `workflow: {id: ${id}, ${more}${STEP}}`;
const copies = (directory: string) => {
    for (const name of ["a.yaml.txt", "a.yaml~"]) writeFileSync(path.join(directory, name), workflow("a"));
};
const utf8 = (text: string) => new TextEncoder().encode(text);

const FAULTS: Readonly<Record<string, readonly [string | Uint8Array, string]>> = {
    "Latin-1": [Buffer.from(workflow("é"), "latin1"), '("a.yaml") cannot be read: it is not UTF-8. Save it as UTF-8.'],
    "UTF-16": [
        Buffer.from(`\ufeff${workflow("a")}`, "utf16le"),
        '("a.yaml") cannot be read: it is not UTF-8. Save it as UTF-8.',
    ],
    "a NUL": [
        workflow("a\0"),
        '("a.yaml:1") is invalid: workflow.id has the character U+0000, which Keep cannot store. Remove it.',
    ],
    "an escaped NUL": [
        workflow('"a\\0"'),
        '("a.yaml:1") is invalid: workflow.id has the character U+0000, which Keep cannot store. Remove it.',
    ],
    "half of a surrogate pair": [
        workflow("a", 'name: "\\ud800", '),
        '("a.yaml:1") is invalid: workflow.name has the character U+D800, which Keep cannot store. Remove it.',
    ],
    nothing: ["", '("a.yaml:1") is invalid: the content must be an object.'],
    "many levels": ["[".repeat(50_000), '("a.yaml:1") is not valid YAML: it has too many levels. Correct the syntax.'],
    "a number that JSON cannot hold": [
        workflow("a", "x: 12345678901234567890, "),
        '("a.yaml:1") is invalid: workflow.x has a number that JSON cannot hold exactly. Put it in quotes, or use a smaller one.',
    ],
};

describe("a file that is provisioned", () => {
    for (const [what, [content, message]] of Object.entries(FAULTS)) {
        it(`is rejected if it has ${what}`, async () => {
            assert.deepEqual(await problemsOfFiles("workflows", { "a.yaml": content }), [message]);
        });
    }

    it("may have a byte order mark and any ends of lines", async () => {
        const text = `\ufeffworkflow:\r\n  id: a\r\n  ${STEP}\r`;

        assert.deepEqual(await problemsOfFiles("workflows", { "a.yaml": utf8(text) }), []);
    });

    for (const [what, found, fill] of [
        ["folders", "sub", (at: string) => mkdirSync(path.join(at, "sub/team"), { recursive: true })],
        ["copies", "a.yaml.txt, a.yaml~", copies],
    ] as const) {
        it(`is not overlooked in a directory that has only ${what}`, async () => {
            const [message = "", ...others] = await problemsOfDirectory(
                "workflows",
                (directory) => void fill(directory),
            );

            assert.match(message, / contains no file that is read, but only /);
            assert.ok(message.includes(`but only ${found}. Put files that end in .yaml or .yml directly into`));
            assert.deepEqual(others, []);
        });
    }

    it("is not overlooked in a folder beside files, unless that folder is one of another kind", async () => {
        const fill = (directory: string) => {
            mkdirSync(path.join(directory, "team/deep"), { recursive: true });
            mkdirSync(path.join(directory, "notes"));
            writeFileSync(path.join(directory, "a.yaml"), utf8(workflow("a")));
            writeFileSync(path.join(directory, "team/deep/b.yaml"), utf8(workflow("b")));
            writeFileSync(path.join(directory, "notes/why.txt"), "");
        };
        const refused = await problemsOfDirectory("workflows", fill);
        assert.equal(refused.length, 1);
        assert.match(refused[0] ?? "", / is read without its subdirectories, but team contains files\. Put those/);

        assert.doesNotMatch(
            (await problemsOfDirectory("workflows", fill, {}, { mappings: "team" })).join(),
            /subdirect/,
        );
    });

    it("may be absent, beside notes and an empty folder", async () => {
        const fill = (directory: string) => {
            mkdirSync(path.join(directory, "empty"));
            for (const name of [".gitkeep", "README", "notes.md"]) writeFileSync(path.join(directory, name), "");
        };

        assert.deepEqual(await problemsOfDirectory("workflows", fill), []);
    });

    it("is rejected if Keep would not read it for its name", async () => {
        const names = ["A.YAML", "my flow.yaml", "dashboard.json", "b.yaml"];

        assert.deepEqual(
            await problemsOfFiles("workflows", Object.fromEntries(names.map((name) => [name, workflow("a")]))),
            [
                '("A.YAML") is not read, because its name does not end in .yaml or .yml. Rename it, or move it out of the directory.',
                '("dashboard.json") is not read, because its name does not end in .yaml or .yml. Rename it, or move it out of the directory.',
                '("my flow.yaml") has a name that a ConfigMap cannot hold. Rename it with letters, digits, dashes, dots and underscores.',
            ],
        );
    });

    it("is rejected if it is a directory, or a link to no file or one elsewhere", async () => {
        const fill = (directory: string) => {
            mkdirSync(path.join(directory, "folder.json"));
            symlinkSync("/etc/hosts", path.join(directory, "etc.json"));
            symlinkSync("/no/such/file", path.join(directory, "link.json"));
        };

        assert.deepEqual(await problemsOfDirectory("dashboards", fill), [
            '("etc.json") is a link to a file outside this repository. Replace it with the file.',
            '("folder.json") is not a file. Rename it, or move it out of the directory.',
            '("link.json") is a link to a file that does not exist. Correct the link, or remove it.',
        ]);
    });

    it("is rejected if its directory is elsewhere, behind a link", async () => {
        const link = path.join("test", `link-${process.pid}`);
        symlinkSync("/etc", link);
        try {
            assert.deepEqual(await problems(minimal({ provision: { workflows: link } })), [
                `keep:provision.workflows ("${link}") leads out of this repository through a link. Move the directory into the repository.`,
            ]);
        } finally {
            rmSync(link);
        }
    });

    it("may be beside files of other kinds, which nobody reads", async () => {
        const fill = (directory: string) => {
            mkdirSync(path.join(directory, "more"));
            writeFileSync(path.join(directory, "README.md"), "{");
            writeFileSync(path.join(directory, "a.yaml"), workflow("a"));
        };

        assert.deepEqual(await problemsOfDirectory("workflows", fill), []);
    });

    it("is rejected if a ConfigMap cannot hold it, alone or with the others", async () => {
        const of = (size: number) => workflow("a", `x: ${"x".repeat(size)}, `);
        const dashboard = (size: number) =>
            JSON.stringify({
                dashboard_name: "a",
                dashboard_config: { layout: [], widget_data: [], x: "x".repeat(size) },
            });
        const cases: readonly [Kind, Record<string, string>, string[]][] = [
            [
                "workflows",
                { "a.yaml": of(2 ** 20) },
                ['("a.yaml") is larger than 1024 KiB, which a ConfigMap cannot hold. Split it.'],
            ],
            ["workflows", { "a.yaml": of(1023 * 1024) }, []],
            [
                "dashboards",
                { "a.json": dashboard(600 * 1024), "b.json": dashboard(600 * 1024).replace('"a"', '"b"') },
                ["has 1201 KiB of content, but a ConfigMap holds at most 1024 KiB. Remove some files."],
            ],
        ];
        for (const [kind, files, messages] of cases) {
            const found = await problemsOfFiles(kind, files);

            assert.deepEqual(
                found.map((message) => message.replace(/^\("test[^)]*\) /, "")),
                messages,
            );
        }
    });

    it("is refused where its directory is not there", async () => {
        assert.deepEqual(await problems(minimal({ provision: { mappings: "no/such/place" } })), [
            'keep:provision.mappings ("no/such/place") is not a directory, or cannot be read. To delete what its files created, create it with an empty file .gitkeep. Otherwise remove the setting.',
        ]);
    });

    for (const directory of ["../../../etc", "a/../../b", "..", "a/..", "/etc", "", "a\n/../../b", "a\n/.."]) {
        it(`is refused outside of the project, at ${JSON.stringify(directory)}`, async () => {
            const [message = ""] = await problems(minimal({ provision: { workflows: directory } }));

            assert.match(message, /is not a path inside this repository/);
        });
    }
});
