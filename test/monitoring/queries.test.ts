import assert from "node:assert/strict";

import { parser } from "@prometheus-io/lezer-promql";

import { monitored, ON, WITH_CONSUMER, WITH_WORKERS } from "./monitored";

interface Dashboard {
    readonly title: string;
    readonly panels: {
        readonly title: string;
        readonly gridPos: { readonly x: number; readonly y: number };
        readonly targets: { readonly expr: string; readonly refId: string }[];
    }[];
}

function modelIn(data: Readonly<Record<string, string>>): Dashboard {
    return JSON.parse(Object.values(data)[0] ?? "") as Dashboard;
}

describe("what Prometheus and Grafana are told", () => {
    for (const [what, written] of Object.entries({
        "with workers": WITH_WORKERS,
        "with a consumer": WITH_CONSUMER,
        "without them": ON,
    })) {
        it(`is in PromQL, ${what}, and asks only of what is scraped`, async () => {
            const { monitors, rules, dashboards } = await monitored(written);
            const model = modelIn(dashboards[0]?.inputs.data ?? {});
            const queries = [
                ...rules.map(({ expr }) => expr),
                ...model.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
            ];

            assert.ok(queries.length > 15);
            const jobs = monitors.map(({ metadata }) => `keep/${metadata.name}`);
            for (const query of queries) {
                assert.deepEqual(faultsOf(query.replaceAll("$__rate_interval", "5m")), [], query);
                const asked = [...query.matchAll(/job=~?"([^"]*)"/g)].flatMap(([, names = ""]) => names.split("|"));
                assert.ok(asked.length > 0, query);
                assert.deepEqual(
                    asked.filter((job) => !jobs.includes(job)),
                    [],
                );
            }
        });
    }

    it("alerts when a part that the stack has is gone", async () => {
        const { rules } = await monitored();

        const names = rules.map(({ alert }) => alert);
        assert.ok(names.includes("KeepApiDown") && names.includes("KeepLiveUpdatesDown"));
        assert.equal(names.includes("KeepWorkersDown"), false);
    });

    it("has a dashboard that Grafana's sidecar finds, its panels beside each other", async () => {
        const { dashboards } = await monitored({
            monitoring: { enabled: true, dashboard: { annotations: { grafana_folder: "Keep" } } },
        });

        const [dashboard] = dashboards;
        assert.equal(dashboard?.inputs.metadata.labels.grafana_dashboard, "1");
        assert.deepEqual(dashboard.inputs.metadata.annotations, { grafana_folder: "Keep" });
        const { title, panels } = modelIn(dashboard.inputs.data);
        assert.equal(title, "Keep (keep/keep)");
        assert.equal(new Set(panels.map(({ gridPos }) => `${gridPos.x}:${gridPos.y}`)).size, panels.length);
    });
});

/** Where a query is no PromQL. */
function faultsOf(query: string): string[] {
    const faults: string[] = [];
    parser.parse(query).iterate({
        enter: ({ type, from, to }) => {
            if (type.isError) faults.push(`${from}: ${query.slice(from, to)}`);
        },
    });
    return faults;
}
