import assert from "node:assert/strict";

import { KEEP_VERSION } from "../../components/fields/version";
import { loadConfig } from "../../components/settings/stackFile";
import { indexNote } from "../../components/retention/indexNote";
import { Keep } from "../../components/keep";
import { configOf } from "../support/config";
import { deploy } from "../support/harness";

const build = () => new Keep("keep", loadConfig());

function config(database: string, retention: string) {
    return {
        config: {
            "keep:publicUrl": "http://keep.localhost",
            "keep:database": database,
            "keep:retention": retention,
        },
    };
}

describe("retention", () => {
    it("is off unless a number of days is given", async () => {
        const { all } = await deploy(build, config('{"kind":"postgres"}', "{}"));
        assert.equal(all("CronJob").length, 0);
    });

    it("leaves the index of Elasticsearch as it is, and says so", async () => {
        const elasticsearch = { hosts: ["https://elastic.example.com:9200"] };
        const [both, one] = await Promise.all([
            configOf({ elasticsearch, elasticsearchApiKey: "YTpi", retention: { days: 30 } }),
            configOf({ retention: { days: 30 } }),
        ]);
        assert.match(indexNote("keep:", both) ?? "", /not from the index of keep:elasticsearch/);
        assert.equal(indexNote("keep:", one), undefined);
    });

    it("runs its script in the backend's image, with the database's address and the settings", async () => {
        const { one } = await deploy(build, config('{"kind":"postgres"}', '{"days":90,"batchSize":50,"dryRun":true}'));
        const { spec } = one("CronJob").inputs;
        assert.equal(spec.schedule, "30 3 * * *");
        assert.equal(spec.concurrencyPolicy, "Forbid");

        const pod = spec.jobTemplate.spec.template.spec;
        const [container] = pod.containers;
        assert.deepEqual(container?.command, ["python", "/etc/keep/retention/retention.py"]);
        assert.equal(container.image, `us-central1-docker.pkg.dev/keephq/keep/keep-api:${KEEP_VERSION}`);
        const variable = (wanted: string) => container.env.find(({ name }) => name === wanted);
        assert.equal(variable("RETENTION_DAYS")?.value, "90");
        assert.equal(variable("RETENTION_BATCH_SIZE")?.value, "50");
        assert.equal(variable("RETENTION_DRY_RUN")?.value, "true");
        assert.deepEqual(variable("DATABASE_CONNECTION_STRING")?.valueFrom.secretKeyRef, {
            name: "keep.database",
            key: "url",
        });
        assert.equal(pod.affinity, undefined);
        assert.match(one("ConfigMap", "keep-retention").inputs.data["retention.py"] ?? "", /^"""Deletes old alerts/);
    });

    it("goes to the backend's node when the database is a file on its disk", async () => {
        const { one } = await deploy(build, config('{"kind":"sqlite"}', '{"days":90}'));
        const pod = one("CronJob").inputs.spec.jobTemplate.spec.template.spec;
        const [term] = pod.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution;
        const backend = one("Deployment", "keep-backend").inputs.spec;
        assert.deepEqual(term?.labelSelector.matchLabels, backend.selector.matchLabels);
        assert.equal(term.topologyKey, "kubernetes.io/hostname");
        assert.deepEqual(
            pod.containers[0]?.volumeMounts.find(({ name }) => name === "state"),
            { name: "state", mountPath: "/state" },
        );
    });

    it("is refused where the disk is for one pod only", async () => {
        const database = '{"kind":"sqlite","volume":{"accessModes":["ReadWriteOncePod"]}}';
        await assert.rejects(
            deploy(build, config(database, '{"days":90}')),
            /keep:retention\.days \(90\) needs a second pod on SQLite's volume/,
        );
    });

    it("refuses a schedule that cron does not know", async () => {
        await assert.rejects(
            deploy(build, config('{"kind":"postgres"}', '{"days":90,"schedule":"at night"}')),
            /keep:retention\.schedule \("at night"\) is not a cron schedule/,
        );
    });
});
