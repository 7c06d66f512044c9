import assert from "node:assert/strict";

import { type EdgeConfig, hidesMetrics } from "../../components/config/ingress";
import { disguisedMetricsPaths, metricsPaths, showsMetrics } from "../ingress/metrics";
import type { Manifests } from "../ingress/models/model";
import { routesWithRewrite } from "../ingress/routes";
import { plainIngress } from "../support/ingressConfigs";
import { wayIn } from "../support/wayIn";
import { ask, listen } from "./client";
import { community, type HaproxyDialect, haproxyFiles, router, technologies } from "./dialects/haproxy";
import { f5, ingressNginx, nginxConf, type NginxDialect } from "./dialects/nginx";
import { isInstalled, Proxy } from "./proxy";
import { Stubs } from "./stubs";

const HOST = "keep.example.com";

type Kind = EdgeConfig["kind"];

const nginxKinds: readonly (readonly [Kind, NginxDialect])[] = [
    ["nginx", ingressNginx],
    ["f5-nginx", f5],
];

const haproxyKinds: readonly (readonly [Kind, HaproxyDialect])[] = [
    ["haproxy", technologies],
    ["haproxy-ingress", community],
    ["openshift", router],
];

/** Those of the paths that are answered with metrics. */
async function shown(port: number, targets: readonly string[]): Promise<string[]> {
    const answers = await Promise.all(targets.map((target) => ask(port, HOST, target)));
    return targets.filter((_, index) => showsMetrics(answers[index] ?? { nobody: true }));
}

/** The contract's paths, asked of a real proxy that is configured as the kind's controller would. */
function provesRouting(kind: Kind, start: (manifests: Manifests, stubs: Stubs) => Promise<Proxy>): void {
    for (const [api, live] of [
        ["/v2", "/websocket"],
        ["/keep-api.v2/a", "/live.ws-1"],
    ] as const) {
        describe(`${kind} with ${api} and ${live}`, () => {
            let stubs: Stubs;
            let proxy: Proxy;

            before(async () => {
                stubs = await Stubs.start(["keep-frontend", "keep-backend", "keep-websocket"]);
                const { ingress } = plainIngress(kind, {
                    backendPrefix: api,
                    websocketPrefix: live,
                });
                proxy = await start(await wayIn({ publicUrl: `http://${HOST}`, ingress }), stubs);
            });

            after(async () => {
                await proxy.stop();
                stubs.stop();
            });

            for (const [target, expected] of Object.entries(routesWithRewrite(api, live))) {
                it(`answers ${target}`, async () => {
                    assert.deepEqual(await ask(proxy.port, HOST, target), expected);
                });
            }

            it("opens a websocket", async () => {
                assert.deepEqual(await listen(proxy.port, HOST, `${live}/app/KEY?protocol=7`), {
                    service: "keep-websocket",
                    sees: "/app/KEY?protocol=7",
                });
            });

            it("shows metrics to nobody, as their path is written", async () => {
                assert.deepEqual(await shown(proxy.port, [...metricsPaths(api), ...metricsPaths("/backend")]), []);
            });

            if (hidesMetrics({ kind })) {
                it("shows metrics to nobody, however their path is spelled", async () => {
                    const disguised = [...disguisedMetricsPaths(api), ...disguisedMetricsPaths("/backend")];
                    assert.deepEqual(await shown(proxy.port, disguised), []);
                });
            }

            it("answers nobody else's host", async () => {
                assert.deepEqual(await ask(proxy.port, "other.example.com", `${api}/alerts`), { nobody: true });
            });
        });
    }
}

describe("a real NGINX", () => {
    if (!isInstalled("nginx", "apt-get install nginx-light")) return;
    for (const [kind, dialect] of nginxKinds) {
        provesRouting(kind, (manifests, stubs) =>
            Proxy.start((port, folder) => ({
                files: { "nginx.conf": nginxConf(dialect(manifests, stubs), port, folder) },
                command: ["nginx", "-p", folder, "-c", `${folder}/nginx.conf`],
            })),
        );
    }
});

describe("a real HAProxy", () => {
    if (!isInstalled("haproxy", "apt-get install haproxy")) return;
    for (const [kind, dialect] of haproxyKinds) {
        provesRouting(kind, (manifests, stubs) =>
            Proxy.start((port) => ({
                files: haproxyFiles(dialect, manifests, stubs, port),
                command: ["haproxy", "-db", "-f", "haproxy.cfg"],
            })),
        );
    }
});
