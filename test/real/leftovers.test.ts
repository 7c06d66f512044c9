import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";

import { deployKeep } from "../support/config";
import type { Deployed } from "../support/harness";
import { secretValue } from "./container";
import { ROOT, writeFiles } from "./files";
import { startPostgresOf } from "./postgres";
import type { Running } from "./process";
import { need } from "./programs";
import { queried, runSetup } from "./setupJob";

const FOLDER = "exported/leftovers";
const SECRET = "hunter2-of-this-key";
const hashOf = (password: string) => createHash("sha256").update(password).digest("hex");
const EMPTY = hashOf("");

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
        server = await startPostgresOf(release);
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

    /** Changes one row, as Keep or a user would. */
    async function execute(release: Deployed<unknown>, query: string): Promise<void> {
        assert.equal(
            await queried(release, `connection.execute(sqlalchemy.text(${JSON.stringify(query)})).rowcount`),
            1,
        );
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

    it("has the workflow of a file under its id, also if it had no file, and those that users created", async () => {
        const chat = { chat: { type: "console" } };
        await left({ "workflows/a.yaml": workflow("Announce"), "workflows/b.yaml": workflow("By hand") }, chat);
        const release = await deploy({}, chat);
        await execute(
            release,
            "update workflow set provisioned = false, provisioned_file = null, name = 'Announce' where name = 'By hand'",
        );
        // As a workflow of KEEP_WORKFLOW.
        await execute(release, "update workflow set provisioned_file = null where provisioned and not is_deleted");
        const rows = `rows("select id, provisioned, provisioned_file from workflow where not is_deleted order by provisioned")`;
        const before = (await queried(release, rows)) as [string, boolean][];
        await left({ "workflows/c.yaml": workflow("Announce", "hi") }, chat);
        assert.deepEqual(
            await queried(release, rows),
            before.map(([id, provisioned]) => [id, provisioned, provisioned ? "/etc/keep/workflows/c.yaml" : null]),
        );
    });

    it("is not ready if Keep has another deduplication rule for a provider", async () => {
        assert.deepEqual(await left({}, metrics(rule)), [[], [], ["by instance"]]);
        const release = await deploy({}, metrics(rule));
        await execute(release, "update alertdeduplicationrule set is_provisioned = false, name = 'By hand'");
        await assert.rejects(
            runSetup(release),
            /keep:providers: deduplication rule by instance: Keep has another rule for this provider: By hand\. Delete it in Keep/,
        );
    });

    it("has no key that was deleted in Keep", async () => {
        const release = await deploy({}, {});
        await execute(release, "update tenantapikey set is_deleted = true where reference_id = 'ci'");
        await assert.rejects(
            runSetup(release),
            /keep:apiKeys: ci: was deleted in Keep, which does not create it again\./,
        );
        await assert.rejects(
            runSetup(await deploy({}, {}, "ci-prod")),
            /ci-prod: has the same secret as the key ci that was deleted in Keep\. Set another secret\n/,
        );
        await execute(release, "update tenantapikey set is_deleted = false where reference_id = 'ci'");
    });

    it("has no user with the default password that Keep publishes", async () => {
        const release = await deploy({}, {});
        await execute(release, `update "user" set password_hash = '${hashOf("keep")}'`);
        await runSetup(release);
        const password = secretValue(release, "keep.setup", "first-user-password");
        assert.deepEqual(await queried(release, `rows('select username, password_hash from "user"')`), [
            ["keep", hashOf(password)],
        ]);
    });

    it("has a first user who can sign in, if all others came from an identity provider", async () => {
        const release = await deploy({}, {});
        await execute(release, `update "user" set username = 'anna@example.com', password_hash = '${EMPTY}'`);
        await runSetup(release);
        await runSetup(release);
        const password = secretValue(release, "keep.setup", "first-user-password");
        assert.deepEqual(
            await queried(release, `rows('select username, role, password_hash from "user" order by id')`),
            [
                ["anna@example.com", "admin", EMPTY],
                ["keep", "admin", hashOf(password)],
            ],
        );
    });
});
