import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { DATA_CHECK } from "../../components/adoption/dataCheck";
import { deployKeep, type Written } from "../support/config";
import { envOf, mainContainer, podOf } from "../support/objects";

/** A Keep that goes on with the data of the release "monitoring" in the namespace "alerting". */
function adopting(kind: "mysql" | "postgres", more: Written = {}) {
    return deployKeep({
        release: "monitoring-keep",
        adopt: { helmRelease: "monitoring", namespace: "alerting" },
        database: { kind, volume: { size: "5Gi" } },
        databasePassword: "password-of-the-chart",
        ...more,
    });
}

describe("a Keep that goes on with the data of a chart's release", () => {
    it("makes no claim, no volume and no namespace, and mounts the chart's claim", async () => {
        for (const kind of ["mysql", "postgres"] as const) {
            const { all, resources } = await adopting(kind);

            for (const made of ["PersistentVolumeClaim", "PersistentVolume", "Namespace"] as const) {
                assert.deepEqual(all(made), []);
            }
            const data = podOf(resources, "database").spec.volumes?.find(({ name }) => name === "data");
            assert.equal(data?.persistentVolumeClaim?.claimName, "monitoring-keep-pvc");
        }
    });

    it("keeps the chart's label on pods, by which policies of the user's may select them", async () => {
        const { resources } = await adopting("mysql", { frontend: { podLabels: { "keep-component": "mine" } } });
        const label = (component: string) => podOf(resources, component).labels["keep-component"];

        assert.deepEqual(["backend", "frontend", "websocket", "database"].map(label), [
            "backend",
            "mine",
            "websocket",
            "database",
        ]);
    });

    it("looks for the data where the chart has it: in the mount itself, untouched by Kubernetes' group", async () => {
        const mysql = await adopting("mysql");
        const postgres = await adopting("postgres");

        assert.ok(mainContainer(mysql.resources, "database").args?.includes("--datadir=/var/lib/mysql"));
        assert.equal(envOf(mainContainer(postgres.resources, "database")).PGDATA, "/var/lib/postgresql/data");
        for (const { resources } of [mysql, postgres]) {
            const { securityContext } = podOf(resources, "database").spec;
            assert.deepEqual([securityContext?.runAsUser, securityContext?.fsGroup], [999, undefined]);
        }
    });

    it("mounts another claim that the stack names, and looks for the chart's data there", async () => {
        const { resources } = await adopting("mysql", {
            database: { kind: "mysql", volume: { existingClaim: "restored" } },
        });
        const { initContainers, volumes } = podOf(resources, "database").spec;

        assert.equal(volumes?.find(({ name }) => name === "data")?.persistentVolumeClaim?.claimName, "restored");
        assert.ok(initContainers?.some(({ name }) => name === DATA_CHECK));
    });

    it("is in the chart's namespace, where its Keep wrote the credentials of providers, and never removes these", async () => {
        const { all, one, resources } = await adopting("mysql");

        assert.equal(envOf(mainContainer(resources, "backend")).K8S_NAMESPACE, "alerting");
        assert.equal(one("Role").inputs.metadata.namespace, "alerting");
        assert.deepEqual(all("SecretRemoval"), []);
        assert.equal(one("Secret", "monitoring-keep.database").options.retainOnDelete, true);
    });

    it("leaves the credentials of providers alone also where the database is outside", async () => {
        const { all } = await deployKeep({
            adopt: { helmRelease: "keep", namespace: "keep" },
            database: { kind: "external", engine: "mysql", host: "db.example.com" },
            databasePassword: "p",
        });

        assert.deepEqual(all("SecretRemoval"), []);
    });

    it("leaves another store of credentials as it is", async () => {
        const { resources } = await adopting("mysql", { secretStore: { kind: "database" } });

        assert.equal(envOf(mainContainer(resources, "backend")).SECRET_MANAGER_TYPE, "DB");
    });
});

describe("the check before an adopted database starts", () => {
    let data: string;
    beforeEach(() => {
        data = mkdtempSync(join(tmpdir(), "adopted-"));
    });
    afterEach(() => {
        rmSync(data, { recursive: true });
    });

    /** Runs it as the pod does, on a directory of this machine. */
    async function check() {
        const { resources } = await adopting("postgres");
        const [container] = podOf(resources, "database").spec.initContainers ?? [];
        assert.ok(container !== undefined);
        assert.equal(container.volumeMounts?.[0]?.readOnly, true);
        assert.equal(container.image, mainContainer(resources, "database").image);
        const [command = "", ...args] = container.command ?? [];
        const env = { ...process.env, ...envOf(container), DATA: data };
        return spawnSync(command, args, { env, encoding: "utf8" });
    }

    it("lets it start where its files are", async () => {
        writeFileSync(join(data, "PG_VERSION"), "17\n");

        const { status, stdout } = await check();

        assert.deepEqual([status, stdout], [0, ""]);
    });

    it("refuses an empty volume, as another node's hostPath is one, and says what to do", async () => {
        const { status, stdout } = await check();

        assert.equal(status, 1);
        assert.match(stdout, /The claim monitoring-keep-pvc holds no data of postgres: .*\/PG_VERSION is not there/);
        assert.match(stdout, /Nothing was started or changed, .* keep:database\.nodeSelector chooses/);
    });

    it("refuses the files of another make, and lists them", async () => {
        writeFileSync(join(data, "ibdata1"), "");

        const { status, stdout } = await check();

        assert.equal(status, 1);
        assert.match(stdout, /ibdata1/);
    });
});
