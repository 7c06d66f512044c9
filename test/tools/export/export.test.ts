import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { load } from "js-yaml";

import { auth } from "../../../components/auth/settings";
import { database } from "../../../components/database/settings";
import type { Api } from "../../../tools/export/api";
import { readArgs, writeContent } from "../../../tools/export/main";
import { UserError } from "../../../tools/preview/userError";
import { withFolder } from "../preview/support";
import { ANSWERS, NOTHING, step, workflow } from "./answers";

/** A stack with a database whose columns hold texts of any length. */
const STACK = { auth: auth.parse({ kind: "db" }), database: database.parse({ kind: "sqlite" }) };

const BY_NAME = "fingerprint_fields:\n  - name\n";

const keep: Api = (path) => Promise.resolve(ANSWERS[path] ?? []);

function filesIn(folder: string): Record<string, string> {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return Object.fromEntries(
        files
            .map((entry) => join(entry.parentPath, entry.name))
            .map((file): [string, string] => [file.slice(folder.length + 1), readFileSync(file, "utf8")])
            .sort(([a], [b]) => a.localeCompare(b)),
    );
}

describe("npm run export", () => {
    it("writes a file for each thing that somebody made in Keep, and prints their settings", async () => {
        await withFolder(async (root) => {
            const lines = await writeContent(keep, root, "provision", STACK);

            const files = filesIn(root);
            assert.deepEqual(Object.keys(files), [
                "provision/dashboards/first.json",
                "provision/deduplications/connected.yaml",
                "provision/deduplications/linked-by-an-id.yaml",
                "provision/deduplications/linked.yaml",
                "provision/maintenance/upgrade.yaml",
                "provision/mappings/equipes-2.yaml",
                "provision/mappings/teams.yaml",
                "provision/presets/team.yaml",
                "provision/workflows/other.yaml",
                "provision/workflows/say-it-2.yaml",
                "provision/workflows/say-it.yaml",
            ]);
            assert.deepEqual(lines.slice(-7), [
                "keep:provision:",
                "    workflows: provision/workflows",
                "    mappings: provision/mappings",
                "    dashboards: provision/dashboards",
                "    deduplications: provision/deduplications",
                "    maintenance: provision/maintenance",
                "    presets: provision/presets",
            ]);
            assert.deepEqual(
                lines.filter((line) => line.startsWith("warning")),
                [],
            );
            assert.equal(
                files["provision/mappings/equipes-2.yaml"],
                "name: Équipes/2\npriority: 0\ntype: csv\nmatchers:\n  - - service\nrows:\n  - a: '2'\n    b: '1'\n    service: a\n",
            );
            assert.deepEqual(JSON.parse(files["provision/dashboards/first.json"] ?? ""), {
                dashboard_name: "first",
                dashboard_config: {
                    layout: [{ x: 0, y: 1 }],
                    widget_data: [
                        { i: "w-1", preset: { countOfLastAlerts: 5, name: "team" } },
                        { i: "w-2", preset: { name: "feed" } },
                        { i: "w-3", preset: { id: "9", name: "of another user" } },
                        { i: "w-4" },
                    ],
                },
            });
            assert.equal(
                files["provision/deduplications/connected.yaml"],
                `name: connected\nprovider: my-grafana\n${BY_NAME}`,
            );
            assert.equal(
                files["provision/deduplications/linked.yaml"],
                `name: linked\nprovider_type: grafana\n${BY_NAME}`,
            );
            assert.equal(
                files["provision/deduplications/linked-by-an-id.yaml"],
                `name: linked by an id\nprovider_type: grafana\nprovider_id: eu\n${BY_NAME}`,
            );
            assert.match(files["provision/maintenance/upgrade.yaml"] ?? "", /^start_time: '2026-12-24T22:00:00Z'$/m);
            assert.match(files["provision/presets/team.yaml"] ?? "", /label: SQL[^]*tags:\n {2}- a\n {2}- b\n$/);
        });
    });

    it("takes whether a workflow is disabled from Keep's switch, and its name where its text has no id", async () => {
        await withFolder(async (root) => {
            await writeContent(keep, root, "provision", STACK);

            const read = (file: string) =>
                (
                    load(readFileSync(join(root, "provision/workflows", file), "utf8")) as {
                        workflow: Record<string, unknown>;
                    }
                ).workflow;
            assert.deepEqual(
                ["say-it.yaml", "say-it-2.yaml", "other.yaml"].map((file) => [read(file).id, read(file).disabled]),
                [
                    ["say", true],
                    ["say-it", undefined],
                    ["other", undefined],
                ],
            );
            // YAML 1.1, which Keep reads, takes 12:30 for a number.
            assert.match(readFileSync(join(root, "provision/workflows/say-it.yaml"), "utf8"), /at: '12:30'/);
        });
    });

    it("writes the same bytes again, whatever the order of Keep's answers, and leaves other files", async () => {
        await withFolder(async (root) => {
            await writeContent(keep, root, "provision", STACK);
            const first = filesIn(root);
            const mine = "name: mine\nmatchers: [[a]]\nrows: [{ a: b }]\n";
            writeFileSync(join(root, "provision/mappings/mine.yaml"), mine);
            writeFileSync(join(root, "provision/mappings/teams.yaml"), "changed\n");
            await writeContent(
                async (path) => {
                    const answer = await keep(path);
                    return Array.isArray(answer) ? [...(answer as unknown[])].reverse() : answer;
                },
                root,
                "provision",
                STACK,
            );

            assert.deepEqual(filesIn(root), { ...first, "provision/mappings/mine.yaml": mine });
        });
    });

    it("prints the providers that were connected in Keep, and none of their credentials", async () => {
        await withFolder(async (root) => {
            const provider = (name: string, provisioned: boolean, authentication?: object) => ({
                id: name,
                type: "grafana",
                provisioned,
                details: { name, authentication },
            });
            const installed_providers = [
                provider("mine", false, { token: "secret-of-mine", host: "secret-host" }),
                provider("bare", false),
                provider("from keep:providers", true, { token: "secret-of-mine" }),
            ];
            const api: Api = (path) => Promise.resolve(path === "/providers" ? { installed_providers } : keep(path));

            const lines = await writeContent(api, root, "provision", STACK);

            assert.deepEqual(JSON.parse(lines.at(-1) ?? ""), {
                bare: { type: "grafana", authentication: {} },
                mine: { type: "grafana", authentication: { host: "…", token: "…" } },
            });
            assert.doesNotMatch(lines.join("\n") + JSON.stringify(filesIn(root)), /secret-/);
        });
    });

    it("warns of a stack whose users would not see the content", async () => {
        await withFolder(async (root) => {
            const warnings = async (rolesFromGroups: boolean) => {
                const client = { clientId: "keep", url: "https://kc.example.com", realm: "r", adminUser: "a" };
                const keycloak = auth.parse({ kind: "keycloak", ...client, rolesFromGroups });
                const lines = await writeContent(keep, root, "provision", { ...STACK, auth: keycloak });
                return lines.filter((line) => line.startsWith("warning"));
            };

            assert.deepEqual(await warnings(false), []);
            assert.deepEqual(await warnings(true), [
                "warning: keep:auth.rolesFromGroups gives users tenants of their own, so this stack cannot have keep:provision and keep:providers. Use the files in another stack",
            ]);
        });
    });

    it("warns of what keep:provision would reject", async () => {
        await withFolder(async (root) => {
            const results = [
                workflow("empty", "id: empty\n"),
                workflow("a", `id: a\n${step}`),
                workflow("a", `id: b\nname: a\n${step}`),
            ];
            const api: Api = (path) =>
                Promise.resolve({ ...NOTHING, "/workflows/query": { count: 3, results } }[path] ?? []);

            const warnings = (await writeContent(api, root, "provision", STACK)).filter((line) =>
                line.startsWith("warning"),
            );

            assert.equal(warnings.length, 2, warnings.join("\n"));
            assert.match(warnings.join("\n"), /provision\/workflows\/empty\.yaml:2 .*must have steps or actions/);
            assert.match(
                warnings.join("\n"),
                /provision\/workflows\/a(-2)?\.yaml has the same name as provision\/workflows/,
            );
        });
    });

    const mistakes: Readonly<Record<string, readonly string[]>> = {
        "the name of one stack": [],
        "Unknown option": ["prod", "--key", "k"],
        "is not a URL": ["prod", "--url", "keep.example.com"],
        "--url contains credentials. Remove them": ["prod", "--url", "http://user:hunter2@127.0.0.1:1/"],
    };
    for (const [message, args] of Object.entries(mistakes)) {
        it(`rejects ${args.join(" ") || "no arguments"}`, () => {
            assert.throws(
                () => readArgs(args),
                (error: unknown) => error instanceof UserError && error.message.includes(message),
            );
        });
    }
});
