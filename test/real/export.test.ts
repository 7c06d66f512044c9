import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";

import { auth } from "../../components/auth/settings";
import { database as databaseSchema } from "../../components/database/settings";
import { Keep } from "../../components/keep";
import { KIND_NAMES } from "../../components/provision/kinds";
import { loadConfig } from "../../components/settings/stackFile";
import { signIn } from "../../tools/export/api";
import { writeContent } from "../../tools/export/main";
import { exampleFiles } from "../provision/examples";
import { deploy, type Deployed } from "../support/harness";
import { secretValue } from "./container";
import { filesIn, ROOT, writeFiles } from "./files";
import { MADE, PROVIDERS, WORKFLOW } from "./madeByHand";
import type { Running } from "./process";
import { need } from "./programs";
import { API, SQLITE_STACK, startApi, startSetup } from "./sqliteFile";
import { assertWidgets, dashboardOf } from "./widgets";

const STACK = { auth: auth.parse({ kind: "db" }), database: databaseSchema.parse({ kind: "sqlite" }) };

describe("the export of Keep's real API", function () {
    this.bail(true);
    const running: Running[] = [];
    const database = "/tmp/keep-second.db";

    before(function () {
        need(this, "python");
    });

    after(async () => {
        for (const it of running) {
            await it.stop();
        }
    });

    const stack = (folder?: string) =>
        deploy(() => new Keep("keep", loadConfig()), {
            config: {
                ...SQLITE_STACK,
                "keep:providers": JSON.stringify(PROVIDERS),
                ...(folder === undefined
                    ? {}
                    : { "keep:provision": JSON.stringify({ ...settingsOf(folder), installWebhooks: false }) }),
            },
            secretKeys: ["keep:providers"],
        });

    const accessTo = (release: Deployed<Keep>) => ({
        VERIFY_USERNAME: "keep",
        VERIFY_PASSWORD: secretValue(release, "keep.setup", "first-user-password"),
    });

    /** Sends what Keep's user interface would send. */
    async function sender(release: Deployed<Keep>) {
        const { VERIFY_USERNAME: username, VERIFY_PASSWORD: password } = accessTo(release);
        const api = await signIn(API, {});
        const { accessToken } = (await api("/signin", { username, password })) as { accessToken: string };
        return async (method: string, path: string, body: string) => {
            const headers = { authorization: `Bearer ${accessToken}`, "content-type": "application/json" };
            const response = await fetch(`${API}${path}`, { method, headers, body });
            assert.ok(response.ok, `${path}: ${response.status} ${await response.clone().text()}`);
            return (await response.json()) as { workflow_id?: string };
        };
    }

    /** Runs the setup step of what a folder holds beside the API, and returns what it says of each kind. */
    async function applied(folder: string): Promise<Record<string, string>> {
        const release = await stack(folder);
        const output = await startSetup(release, database).finished();
        return Object.fromEntries(
            [...output.matchAll(/^(\w+): (\d+ created, .*)$/gm)].map(([, k = "", s = ""]) => [k, s]),
        );
    }

    it("gives the same files after they are deployed to an empty Keep", async () => {
        const first = await stack();
        await startApi(first, "/tmp/keep-first.db", running);
        const api = await signIn(API, accessTo(first));
        const send = await sender(first);
        const { workflow_id: id = "" } = await send("POST", "/workflows/json", WORKFLOW);
        await send("PUT", `/workflows/${id}/toggle`, "{}");
        await send("POST", "/workflows/json", WORKFLOW.replaceAll("hello", "goodbye"));
        const { installed_providers: installed } = (await api("/providers")) as {
            installed_providers: readonly { readonly id: string; readonly type: string }[];
        };
        for (const [path, body] of Object.entries(MADE)) {
            const [provider] = path === "/deduplications" ? installed : [];
            await send("POST", path, JSON.stringify({ ...body, ...(provider && { provider_id: provider.id }) }));
        }
        await send(
            "POST",
            "/dashboard",
            JSON.stringify(dashboardOf("Überblick", (await api("/preset")) as readonly object[])),
        );

        const lines = await writeContent(api, ROOT, "exported/first", STACK);
        assert.deepEqual(
            lines.filter((line) => /^(\w+: \d|warning)/.test(line)),
            KIND_NAMES.map((kind) => (kind === "workflows" ? "workflows: 2 files" : `${kind}: 1 file`)),
        );
        const written = filesIn("exported/first");
        assert.match(written["workflows/say-hello-umlaut.yaml"] ?? "", /^ {2}disabled: true$/m);
        assert.match(written["deduplications/by-instance.yaml"] ?? "", /^provider: my-prometheus$/m);
        await running.pop()?.stop();

        const second = await stack("exported/first");
        await startApi(second, database, running);
        await writeContent(await signIn(API, accessTo(second)), ROOT, "exported/second", STACK);

        assert.deepEqual(filesIn("exported/second"), written);
        assertWidgets(await contents(), ["Critical: EU", "feed"]);
    });

    it("changes nothing when the same files are applied again", async () => {
        const before = await contents();
        const said = await applied("exported/first");

        assert.deepEqual(
            said,
            Object.fromEntries(APPLIED.map((kind) => [kind, "0 created, 0 changed, 1 unchanged, 0 deleted"])),
        );
        // With the times of the last change.
        assert.deepEqual(await contents(), before);
    });

    it("changes what a file changes", async () => {
        writeFiles("exported/changed", {
            ...filesIn("exported/first"),
            ...edited("presets/critical-eu.yaml", /- a\n/, "- b\n"),
            ...edited("maintenance/upgrade.yaml", "5400", "7200"),
            ...edited("dashboards/uberblick.json", '"x": 0', '"x": 1'),
            ...edited("extractions/12-30.yaml", /condition: .*\n/, ""),
            ...edited("deduplications/by-instance.yaml", "full_deduplication: true", "full_deduplication: false"),
            ...edited("correlations/warteschlange-voll.yaml", "threshold: 2", "threshold: 3"),
        });
        const said = await applied("exported/changed");
        assert.deepEqual(said, Object.fromEntries(APPLIED.map((kind) => [kind, CHANGED])));
        const found = await contents();
        const end = (found.maintenance as { end_time: string }[])[0]?.end_time;
        assert.equal(end, "2036-12-25T00:00:00");

        await writeContent(await signIn(API, accessTo(await stack())), ROOT, "exported/third", STACK);
        assert.deepEqual(filesIn("exported/third"), filesIn("exported/changed"));
    });

    it("takes back everything with a mistake that only Keep can find", async () => {
        const before = await contents();
        const mistakes = [
            [
                "maintenance/upgrade.yaml",
                /cel_query: .*/,
                "cel_query: 'service =='",
                /upgrade: cel_query is not valid CEL: service ==[^]*\nNothing was changed\./,
            ],
            [
                "presets/critical-eu.yaml",
                "Critical: EU",
                "Critical: US",
                /Überblick: has widgets with a preset that Keep does not have: Critical: EU \(widget w-0\)\. Correct preset\.name,/,
            ],
            [
                "deduplications/by-instance.yaml",
                "my-prometheus",
                "other",
                /by instance: provider other is not connected to Keep[^]*\nNo rule, dashboard, maintenance window or preset was changed\./,
            ],
        ] as const;
        for (const [file, from, to, message] of mistakes) {
            rmSync(join(ROOT, "exported/wrong"), { recursive: true, force: true });
            writeFiles("exported/wrong", { ...filesIn("exported/first"), ...edited(file, from, to) });

            await assert.rejects(applied("exported/wrong"), { message });
        }
        assert.deepEqual(await contents(), before);
    });

    it("gives a widget the id of the preset that it names, also of one with another name", async () => {
        const renamed = Object.fromEntries(
            Object.entries(filesIn("exported/first")).map(([file, text]) => [
                file,
                text.replace("Critical: EU", "Critical: US"),
            ]),
        );
        writeFiles("exported/renamed", renamed);

        const { dashboards, presets } = await applied("exported/renamed");
        assert.deepEqual([dashboards, presets], [CHANGED, REPLACED]);
        assertWidgets(await contents(), ["Critical: US", "feed"]);
    });

    it("takes the examples of the documentation, deletes what files made that are gone, and nothing made by hand", async () => {
        const send = await sender(await stack());
        const rule = (name: string) => JSON.stringify({ name, attribute: "host", regex: "(?P<x>.*)" });
        await send("POST", "/extraction", rule("by hand"));
        await send("POST", "/extraction", rule("service from the host"));
        const options = [{ label: "CEL", value: "name == 'a'" }];
        await send("POST", "/preset", JSON.stringify({ name: "by hand", options }));
        writeFiles("exported/examples", exampleFiles());
        const overview = dashboardOf("overview", [{ name: "critical" }, { name: "by hand" }, { name: "feed" }]);
        writeFiles("exported/examples", { "dashboards/overview.json": JSON.stringify(overview) });

        assert.deepEqual(
            await applied("exported/examples"),
            Object.fromEntries(
                APPLIED.map((kind) => [
                    kind,
                    kind === "extractions" ? "0 created, 1 changed, 0 unchanged, 1 deleted" : REPLACED,
                ]),
            ),
        );
        assertWidgets(await contents(), ["critical", "by hand", "feed"]);
        // The one of a file's name was made by hand too, so it stays when the file goes.
        rmSync(join(ROOT, "exported/examples/extractions/service.yaml"));
        writeFiles("exported/examples/extractions", { "other.yaml": rule("other") });
        assert.equal((await applied("exported/examples")).extractions, "1 created, 0 changed, 0 unchanged, 0 deleted");
        const { extractions } = await contents();
        assert.deepEqual((extractions as { name: string }[]).map(({ name }) => name).sort(), [
            "by hand",
            "other",
            "service from the host",
        ]);
    });

    /** What the API has of each kind that the script applies. */
    async function contents(): Promise<Record<string, unknown>> {
        const api = await signIn(API, accessTo(await stack()));
        const paths = { maintenance: "/maintenance", presets: "/preset", extractions: "/extraction" };
        const more = { dashboards: "/dashboard", correlations: "/rules", deduplications: "/deduplications" };
        const found: Record<string, unknown> = {};
        for (const [kind, path] of Object.entries({ ...paths, ...more })) {
            found[kind] = await api(path);
        }
        return found;
    }
});

const CHANGED = "0 created, 1 changed, 0 unchanged, 0 deleted";
const REPLACED = "1 created, 0 changed, 0 unchanged, 1 deleted";
const APPLIED = ["dashboards", "extractions", "correlations", "deduplications", "maintenance", "presets"] as const;

function edited(file: string, from: string | RegExp, to: string): Record<string, string> {
    const text = filesIn("exported/first")[file] ?? "";
    assert.notEqual(text.replace(from, to), text, `${file} has no ${String(from)}:\n${text}`);
    return { [file]: text.replace(from, to) };
}

function settingsOf(folder: string): Record<string, string> {
    return Object.fromEntries(KIND_NAMES.map((kind) => [kind, `${folder}/${kind}`]));
}
