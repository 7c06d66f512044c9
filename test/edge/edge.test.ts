import assert from "node:assert/strict";

import type { EdgeConfig } from "../../components/config/ingress";
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

const nginxKinds: Partial<Record<EdgeConfig["kind"], NginxDialect>> = { nginx: ingressNginx, "f5-nginx": f5 };

const haproxyKinds: Partial<Record<EdgeConfig["kind"], HaproxyDialect>> = {
    haproxy: technologies,
    "haproxy-ingress": community,
    openshift: router,
};

/** The contract's paths, asked of a real proxy that is configured as the kind's controller would. */
function provesRouting(kind: string, start: (manifests: Manifests, stubs: Stubs) => Promise<Proxy>): void {
    for (const [api, live] of [
        ["/v2", "/websocket"],
        ["/keep-api.v2/a", "/live.ws-1"],
    ] as const) {
        describe(`${kind} with ${api} and ${live}`, () => {
            let stubs: Stubs;
            let proxy: Proxy;

            before(async () => {
                stubs = await Stubs.start(["keep-frontend", "keep-backend", "keep-websocket"]);
                const { ingress } = plainIngress(kind as EdgeConfig["kind"], {
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

            it("answers nobody else's host", async () => {
                assert.deepEqual(await ask(proxy.port, "other.example.com", `${api}/alerts`), { nobody: true });
            });
        });
    }
}

describe("a real NGINX", () => {
    if (!isInstalled("nginx", "apt-get install nginx-light")) return;
    for (const [kind, dialect] of Object.entries(nginxKinds)) {
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
    for (const [kind, dialect] of Object.entries(haproxyKinds)) {
        provesRouting(kind, (manifests, stubs) =>
            Proxy.start((port) => ({
                files: haproxyFiles(dialect, manifests, stubs, port),
                command: ["haproxy", "-db", "-f", "haproxy.cfg"],
            })),
        );
    }
});
