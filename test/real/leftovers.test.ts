import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";

import { deployKeep } from "../support/config";
import { environment, secretValue } from "./container";
import { ROOT, writeFiles } from "./files";
import { startPostgres } from "./postgres";
import type { Running } from "./process";
import { need } from "./programs";
import { queried, runSetup } from "./setupJob";

const FOLDER = "exported/leftovers";
const SECRET = "hunter2-of-this-key";
const EMPTY = createHash("sha256").update("").digest("hex");

const workflow = (name: string, message = "hello") =>
    `workflow: {id: announce, name: ${name}, triggers: [{type: manual}], actions: [{name: a, provider: {type: console, with: {message: ${message}}}}]}`;
const mapping = (name: string) => `{name: ${name}, matchers: [[service]], rows: [{service: checkout, team: payments}]}`;
const metrics = (rules: object = {}) => ({
    metrics: {
        type: "prometheus",
        authentication: { url: "http://127.0.0.1:9" },
        install_webhook: false,
        deduplication_rules: rules,
    },
});
const rule = { "by instance": { fingerprint_fields: ["name", "labels.instance"] } };

describe("what Keep itself leaves in its database, after the setup Job", function () {
    // Each step needs the one before.
    this.bail(true);
    let server: Running | undefined;

    before(async function () {
        need(this, "python", "postgres");
        const release = await deploy({}, {});
        const [container] = release.one("Deployment", "keep-database").inputs.spec.template.spec.containers;
        assert.ok(container !== undefined);
        const {
            POSTGRES_USER: user = "",
            POSTGRES_PASSWORD: password = "",
            POSTGRES_DB,
        } = environment(release, container);
        server = await startPostgres({ user, password, database: POSTGRES_DB ?? "" });
    });

    after(async () => {
        await server?.stop();
        rmSync(join(ROOT, FOLDER), { recursive: true, force: true });
    });

    async function deploy(files: Readonly<Record<string, string>>, providers: object, apiKey = "ci") {
        rmSync(join(ROOT, FOLDER), { recursive: true, force: true });
        writeFiles(FOLDER, { "workflows/.gitkeep": "", "mappings/.gitkeep": "", ...files });
        return deployKeep({
            database: { kind: "postgres" },
            // Keep can write to it here.
            secretStore: { kind: "database" },
            provision: { workflows: `${FOLDER}/workflows`, mappings: `${FOLDER}/mappings` },
            apiKeys: `${apiKey}:webhook:${SECRET}`,
            ...(Object.keys(providers).length > 0 && { providers: JSON.stringify(providers) }),
        });
    }

    /** Runs the setup Job, and returns the names that are in force then. */
    async function left(files: Readonly<Record<string, string>>, providers: object = {}): Promise<unknown> {
        const release = await deploy(files, providers);
        await runSetup(release);
        const names = (query: string) => `[name for name, in rows("select name from ${query}")]`;
        const found = [
            "workflow where provisioned and not is_deleted",
            "mappingrule where is_provisioned",
            "alertdeduplicationrule",
        ];
        return queried(release, `[${found.map(names).join(", ")}]`);
    }

    it("has what the files and providers contain", async () => {
        const files = { "workflows/w.yaml": workflow("Announce"), "mappings/m.yaml": mapping("teams") };
        assert.deepEqual(await left(files, metrics(rule)), [["Announce"], ["teams"], ["by instance"]]);
    });

    it("has neither the earlier names in the same files, nor the last deduplication rule of a provider", async () => {
        const files = { "workflows/w.yaml": workflow("Announce all"), "mappings/m.yaml": mapping("all teams") };
        assert.deepEqual(await left(files, metrics()), [["Announce all"], ["all teams"], []]);
    });

    it("has no workflow whose file is gone, although Keep has deleted another of this file before", async () => {
        assert.deepEqual(await left({}, metrics(rule)), [[], [], ["by instance"]]);
    });

    it("has a file that is there again, also after a change, and no rule of a provider that is gone", async () => {
        const again = { "workflows/w.yaml": workflow("Announce"), "mappings/m.yaml": mapping("teams") };
        assert.deepEqual(await left(again), [["Announce"], ["teams"], []]);

        const changed = { ...again, "workflows/w.yaml": workflow("Announce", "hi") };
        assert.deepEqual(await left(changed, metrics()), [["Announce"], ["teams"], []]);
    });

    it("is unchanged if a provider has another type, or a new key the secret of another", async () => {
        const providers = {
            metrics: { type: "discord", authentication: { webhook_url: "https://discord.com/hunter2" } },
        };
        const release = await deploy({}, providers, "ci-prod");
        await assert.rejects(runSetup(release), ({ message }: Error) => {
            for (const text of [
                "keep:providers: metrics: has the type discord, but prometheus in Keep, which cannot change it. Rename it, or remove it for one deployment\n",
                "keep:apiKeys: ci-prod: has the same secret as the key ci in Keep. Set another secret, or rename it to ci\n",
            ]) {
                assert.ok(message.includes(text), message);
            }
            assert.doesNotMatch(message, /Traceback|hunter2/);
            return true;
        });
        assert.deepEqual(await queried(release, `rows("select name from workflow where not is_deleted")`), [
            ["Announce"],
        ]);
    });

    it("has the provider of another type under another name", async () => {
        const release = await deploy({}, { chat: { type: "console" } });
        await runSetup(release);
        assert.deepEqual(await queried(release, `rows("select name, type from provider")`), [["chat", "console"]]);
    });

    it("has a first user who can sign in, if all others came from an identity provider", async () => {
        const release = await deploy({}, {});
        const anna = `update "user" set username = 'anna@example.com', password_hash = '${EMPTY}'`;
        assert.equal(
            await queried(release, `connection.execute(sqlalchemy.text(${JSON.stringify(anna)})).rowcount`),
            1,
        );
        await runSetup(release);
        await runSetup(release);
        const password = secretValue(release, "keep.setup", "first-user-password");
        assert.deepEqual(
            await queried(release, `rows('select username, role, password_hash from "user" order by id')`),
            [
                ["anna@example.com", "admin", EMPTY],
                ["keep", "admin", createHash("sha256").update(password).digest("hex")],
            ],
        );
    });
});
