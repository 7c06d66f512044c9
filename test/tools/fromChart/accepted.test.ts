import assert from "node:assert/strict";

import { type Converted, convert } from "../../../tools/fromChart/convert";
import { stackOf } from "../../support/converted";
import { problems } from "../../support/refusals";
import { listOf } from "./variableCases";

/** Converts values, and checks that the program rejects exactly what the conversion calls unfinished. */
async function converted(values: Readonly<Record<string, unknown>>): Promise<Converted> {
    const after = convert(values);
    assert.deepEqual(await problems(stackOf(after)), after.unfinished);
    return after;
}

describe("from-chart", () => {
    it("deploys no user interface that the values disable", async () => {
        const frontend = { enabled: false };
        const after = await converted({ frontend, global: { ingress: { className: "nginx" } } });
        assert.deepEqual(after.settings.frontend, frontend);
        assert.deepEqual(after.unfinished, []);
    });

    it("leaves it to the user how requests reach the API without the user interface", async () => {
        const frontend = { enabled: false };
        const after = await converted({ frontend, isGKE: true, global: { ingress: { className: "gce" } } });
        assert.deepEqual(after.settings.frontend, frontend);
        assert.match(after.unfinished.join(), /^keep:frontend\.enabled \(false\) leaves no path to the API/);
    });

    for (const [className, kind] of [
        ["nginx", "nginx"],
        ["haproxy", "haproxy-ingress"],
        ["gce", "gce"],
        ["", "gce"],
    ] as const) {
        it(`keeps the controller of the class "${className}" on GKE`, async () => {
            const hosts = [{ host: "keep.corp.io" }];
            const after = await converted({ isGKE: true, global: { ingress: { enabled: true, className, hosts } } });
            assert.equal((after.settings.ingress as { kind: string }).kind, kind);
            assert.equal(
                after.notes.some((note) => note.startsWith("isGKE: ")),
                kind !== "gce",
            );
            assert.ok(!after.notes.some((note) => note.includes("Set keep:ingress.kind")));
            assert.deepEqual(after.unfinished, []);
        });
    }

    it("says to set the kind for a class of which it knows none", async () => {
        const { notes } = await converted({ global: { ingress: { enabled: true, className: "gce" } } });
        assert.ok(notes.some((note) => note.includes("Set keep:ingress.kind.")));
    });

    it("keeps a project for the provider of BigQuery, unless it is that of the secret store", async () => {
        const projectFor = (store: string) =>
            converted({ backend: { env: listOf({ SECRET_MANAGER_TYPE: store, GOOGLE_CLOUD_PROJECT: "monitoring" }) } });

        const ofProvider = await projectFor("k8s");
        assert.deepEqual(ofProvider.settings.backend, { env: { GOOGLE_CLOUD_PROJECT: "monitoring" } });

        const ofStore = await projectFor("gcp");
        assert.deepEqual(ofStore.settings.secretStore, { kind: "gcp", project: "monitoring" });
    });

    it("has a note about the limit of connections only if the stack file contains the limit", async () => {
        const values = (maxReplicas: number, config: object) => ({
            backend: { autoscaling: { enabled: true, maxReplicas } },
            database: { type: "mysql", config },
        });
        const noted = ({ notes }: Converted) => notes.some((note) => note.includes("max_connections"));

        const fitting = await converted(values(20, {}));
        assert.deepEqual((fitting.settings.database as { settings?: object }).settings, { max_connections: "1000" });
        assert.ok(noted(fitting));

        const tooMany = await converted(values(50, {}));
        assert.equal((tooMany.settings.database as { settings?: object }).settings, undefined);
        assert.match(tooMany.unfinished.join(), /max_connections \(\d+\) is less than/);
        assert.ok(!noted(tooMany));

        assert.ok(!noted(await converted(values(20, { max_connections: "900" }))));
    });

    it("names gunicorn's configuration by its module, because the path in the chart's values has another Python", async () => {
        const args = (config: string) => ["keep.api.api:get_app", "--workers", "4", "-c", config];
        // charts/keep/values.yaml, the commented default of backend.args
        const path = "/venv/lib/python3.11/site-packages/keep/api/config.py";
        const after = await converted({ backend: { command: ["gunicorn"], args: args(path) } });
        assert.deepEqual(after.settings.backend, { command: ["gunicorn"], args: args("python:keep.api.config") });
    });

    it("leaves out a whole command with a password", async () => {
        const command = ["gunicorn", "--api-key", "abcd1234abcd1234abcd", "--workers", "4"];
        const after = await converted({ backend: { command, args: ["--bind", "0.0.0.0"] } });
        assert.deepEqual(after.settings.backend, { args: ["--bind", "0.0.0.0"] });
        assert.deepEqual(
            after.left.map(({ value }) => value),
            ["backend.command"],
        );

        const whole = await converted({ backend: { command: ["gunicorn", "--workers", "4"] } });
        assert.deepEqual(whole.settings.backend, { command: ["gunicorn", "--workers", "4"] });
    });

    it("selects pods by the program's label where the chart's own is meant", async () => {
        const affinityTo = (labelSelector: object) => {
            const term = { topologyKey: "kubernetes.io/hostname", labelSelector };
            return { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };
        };
        const spread = (labelSelector: object) => [
            { maxSkew: 1, topologyKey: "zone", whenUnsatisfiable: "DoNotSchedule", labelSelector },
        ];
        const expression = (key: string) => ({ matchExpressions: [{ key, operator: "In", values: ["frontend"] }] });
        const settings = (key: string, topologySpread: string) => ({
            backend: {
                affinity: affinityTo({ matchLabels: { [key]: "database", app: "x" } }),
                [topologySpread]: spread({ matchLabels: { [key]: "backend" } }),
            },
            frontend: { affinity: affinityTo(expression(key)) },
            database: { affinity: affinityTo(expression(key)) },
        });
        const after = await converted(settings("keep-component", "topologySpreadConstraints"));
        const { backend, frontend, database } = settings("app.kubernetes.io/component", "topologySpread");
        assert.deepEqual(after.settings.backend, backend);
        assert.deepEqual(after.settings.frontend, frontend);
        assert.deepEqual((after.settings.database as { affinity?: object }).affinity, database.affinity);
    });
});
