import assert from "node:assert/strict";

import { convert } from "../../../tools/fromChart/convert";
import type { KubernetesObject } from "../../cluster/api/client";
import { testCluster } from "../../cluster/connection";
import type { Settings } from "../../cluster/release";
import { assertAlertArrives } from "../assertions/alert";
import { CHART_PASSWORD, CHART_VALUES, chartObjects, whyNoChart } from "../support/chart";
import { Client } from "../support/client";
import { alertsOf } from "../support/contents";
import { DeployedKeep, EDGE } from "../support/keep";
import { storeAlerts } from "../support/load";
import { hostFolder } from "../support/machine";
import { runBash } from "../support/recipe";

const NODE = "node-1";

/** The chart's volume is a folder of its node, in whose root PostgreSQL's files are. */
const VALUES = {
    ...CHART_VALUES,
    database: {
        ...CHART_VALUES.database,
        pv: { enabled: true, storageClass: "manual" },
        pvc: { enabled: true, storageClass: "manual" },
        postgres: {
            ...CHART_VALUES.database.postgres,
            env: CHART_VALUES.database.postgres.env.filter(({ name }) => name !== "PGDATA"),
        },
    },
};

// The way of docs/from-the-chart.md, by the commands that `from-chart --adopt` prints.
describe("a release of Keep's Helm chart, adopted", function () {
    // Each step needs the one before.
    this.bail(true);
    const cluster = testCluster();
    let chart: DeployedKeep | undefined;
    let keep: DeployedKeep;
    let client: Client;
    let alerts: readonly unknown[];

    before(async function () {
        const missing = whyNoChart();
        if (missing !== undefined) {
            console.log(`    ${missing}`);
            this.skip();
        }
        const place = hostFolder(cluster, NODE, "chart", 999);
        const objects = chartObjects(VALUES).map((object): KubernetesObject =>
            object.kind === "PersistentVolume"
                ? { ...object, spec: { ...(object.spec as object), hostPath: { path: place } } }
                : object,
        );
        chart = DeployedKeep.ofObjects(cluster, objects);
        assert.deepEqual((await chart.deploy()).findings, []);
        client = await Client.start(cluster, EDGE, NODE);
        await storeAlerts(chart, client, "chart", 30);
        alerts = await alertsOf(chart, "chart");
        assert.equal(alerts.length, 30);
    });

    after(() => chart?.remove());

    it("runs as this project's with the chart's claim, after the printed steps", async () => {
        const adoption = { helmRelease: "keep", namespace: "keep" };
        const { settings, steps } = convert(VALUES, { adoption });
        const written = JSON.parse(JSON.stringify(settings)) as Settings & { database: object };
        const nodeSelector = { "kubernetes.io/hostname": NODE };
        const stack = { ...written, database: { ...written.database, nodeSelector } };
        keep = await DeployedKeep.of(cluster, stack, { secrets: { databasePassword: CHART_PASSWORD } });
        const kubectl = steps.filter((step) => step.startsWith("kubectl") && !step.includes("owner=helm"));
        const { printed } = await runBash(cluster, ["cd $(mktemp -d)", ...kubectl].join("\n"));
        assert.match(printed, /postgres \(PostgreSQL\) 17\./);
        assert.deepEqual((await keep.deploy([])).findings, []);
    });

    it("has its alerts, and takes more", async () => {
        assert.deepEqual(await alertsOf(keep, "chart"), alerts);
        await assertAlertArrives(keep, client);
    });
});
