import assert from "node:assert/strict";

import { convert } from "../../../tools/fromChart/convert";
import { isRecord, own } from "../../../tools/fromChart/row";
import { stackOf } from "../../support/converted";
import { problems } from "../../support/refusals";
import { listOf } from "./variableCases";

const label = (name: string) => `app.kubernetes.io/${name}`;
const PROD = { adoption: { helmRelease: "prod", namespace: "keep" } };
const KEEP = { instance: "prod-keep" };

/** An affinity with one term, whose selector has these labels. */
function affinityTo(labels: object, others: object = {}) {
    const term = { topologyKey: "kubernetes.io/hostname", labelSelector: { matchLabels: labels }, ...others };
    return { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };
}

/** The labels by their short names, as `affinityTo` takes them. */
const labels = (given: Readonly<Record<string, string>>) =>
    Object.fromEntries(
        Object.entries(given).map(([name, value]) => [/^app$|^keep-|\//.test(name) ? name : label(name), value]),
    );

describe("from-chart: labels of pods in selectors", () => {
    for (const [what, given, expected] of [
        ["the release", { instance: "prod" }, KEEP],
        ["a component of the release", { instance: "prod", component: "frontend" }, { ...KEEP, component: "frontend" }],
        [
            "the chart's own label",
            { instance: "prod", "keep-component": "database" },
            { ...KEEP, component: "database" },
        ],
        ["the version of the chart", { "helm.sh/chart": "keep-0.1.93" }, { name: "keep" }],
        [
            "the version of Keep",
            { name: "keep", version: "0.45.4", "managed-by": "Helm" },
            { name: "keep", "managed-by": "Pulumi" },
        ],
        ["another application", { instance: "prod", name: "redis", component: "master" }, undefined],
        ["another application's component", { instance: "prod", component: "master" }, undefined],
        ["another release", { instance: "staging", "keep-component": "backend" }, undefined],
        [
            "another chart",
            { "helm.sh/chart": "keepalived-1.0.0", component: "backend", "managed-by": "Helm" },
            undefined,
        ],
        ["other labels", { app: "web" }, undefined],
    ] as const) {
        it(`${expected === undefined ? "keeps" : "follows"} ${what}`, async () => {
            const converted = convert({ frontend: { affinity: affinityTo(labels(given)) } }, PROD);

            assert.deepEqual(own(converted.settings.frontend, "affinity"), affinityTo(labels(expected ?? given)));
            assert.ok(!converted.notes.some((note) => note.includes("affinity")));
            assert.deepEqual(await problems(stackOf(converted)), converted.unfinished);
        });
    }

    it("follows expressions, but not what they exclude of other releases", () => {
        const to = (matchExpressions: readonly object[]) => ({
            podAffinity: {
                preferredDuringSchedulingIgnoredDuringExecution: [
                    { weight: 1, podAffinityTerm: { topologyKey: "zone", labelSelector: { matchExpressions } } },
                ],
            },
        });
        const before = [
            { key: "keep-component", operator: "In", values: ["backend", "frontend"] },
            { key: label("instance"), operator: "NotIn", values: ["prod", "staging"] },
            { key: label("part-of"), operator: "Exists" },
        ];
        const { settings } = convert({ frontend: { affinity: to(before) } }, PROD);

        assert.deepEqual(
            own(settings.frontend, "affinity"),
            to([
                { ...before[0], key: label("component") },
                { ...before[1], values: ["prod-keep", "staging"] },
                { ...before[2] },
            ]),
        );
    });

    it("says which instance it takes for the Helm release, whose name the values do not contain", () => {
        const given = (labelsOf: Readonly<Record<string, string>>, others = {}) => {
            const { settings, notes } = convert({ frontend: { affinity: affinityTo(labels(labelsOf), others) } });
            return [
                own(settings.frontend, "affinity"),
                notes.filter((note) => note.startsWith("keep:frontend.affinity: ")).join("\n"),
            ] as const;
        };
        const [taken, note] = given({ instance: "prod", component: "frontend" });
        assert.deepEqual(taken, affinityTo(labels({ instance: "keep", component: "frontend" })));
        assert.match(note, /prod is taken for Keep's Helm release, so it is keep here/);

        const [kept, question] = given({ instance: "prod" });
        assert.deepEqual(kept, affinityTo(labels({ instance: "prod" })));
        assert.match(question, /if .* prod is Keep's Helm release, write keep/);

        for (const [others, term] of [
            [{ instance: "keep" }, {}],
            [{ instance: "redis", name: "redis" }, {}],
            [{ instance: "shop", component: "frontend" }, { namespaces: ["shop"] }],
        ] as const) {
            assert.deepEqual(given(others, term), [affinityTo(labels(others), term), ""]);
        }
    });

    it("spreads a tier by the release, and by the chart's nameOverride", async () => {
        const spread = (given: Readonly<Record<string, string>>) => [
            {
                maxSkew: 1,
                topologyKey: "zone",
                whenUnsatisfiable: "DoNotSchedule",
                labelSelector: { matchLabels: labels(given) },
            },
        ];
        const converted = convert({
            nameOverride: "alerts",
            backend: { topologySpreadConstraints: spread({ name: "alerts", instance: "prod" }) },
        });
        assert.deepEqual(own(converted.settings.backend, "topologySpread"), spread({ name: "keep", instance: "keep" }));
        assert.deepEqual(await problems(stackOf(converted)), converted.unfinished);
    });

    it("keeps workers apart where the values keep API pods apart", async () => {
        const near = { podAffinity: affinityTo(labels({ "keep-component": "backend" })).podAntiAffinity };
        const affinity = (component: string, others: object = {}) => ({
            ...affinityTo(labels({ [component]: "backend" })),
            ...others,
        });
        const env = listOf({
            REDIS: "true",
            REDIS_HOST: "redis",
            DATABASE_CONNECTION_STRING: "postgresql+psycopg2://k:p@db/keep",
        });
        const converted = convert({
            database: { enabled: false },
            backend: { env, affinity: affinity("keep-component", near) },
        });
        const component = (part: string, tier: string) => {
            const [term] = Object.values(own(own(converted.settings[tier], "affinity"), part) as object).flat() as [
                object,
            ];
            const selector = own(term, "labelSelector");
            return isRecord(selector) ? own(selector.matchLabels, label("component")) : undefined;
        };

        assert.equal(component("podAntiAffinity", "backend"), "backend");
        assert.equal(component("podAntiAffinity", "worker"), "worker");
        assert.equal(component("podAffinity", "worker"), "backend");
        assert.deepEqual(await problems(stackOf(converted)), converted.unfinished);

        const other = affinityTo(labels({ component: "backend", name: "shop" }));
        const { settings } = convert({ backend: { env, affinity: other } });
        assert.deepEqual(own(settings.worker, "affinity"), other);
    });
});
