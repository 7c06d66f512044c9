import { type EdgeConfig, hidesMetrics } from "../../components/config/ingress";
import type { Manifests } from "../ingress/models/model";
import { routesWithRewrite } from "../ingress/routes";
import { plainIngress } from "../support/ingressConfigs";
import { wayIn } from "../support/wayIn";
import { provesPromises } from "./contract";
import { community, type HaproxyDialect, haproxyFiles, router, technologies } from "./dialects/haproxy";
import { f5, ingressNginx, nginxConf, type NginxDialect } from "./dialects/nginx";
import { isInstalled, Proxy } from "./proxy";
import { Stubs } from "./stubs";

const HOSTS = ["keep.example.com", "alerts.example.org"] as const;

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
                const more = { backendPrefix: api, websocketPrefix: live, extraHosts: HOSTS.slice(1) };
                const { ingress } = plainIngress(kind, more);
                proxy = await start(await wayIn({ publicUrl: `http://${HOSTS[0]}`, ingress }), stubs);
            });

            after(async () => {
                await proxy.stop();
                stubs.stop();
            });

            provesPromises(
                {
                    hosts: HOSTS,
                    routes: routesWithRewrite(api, live),
                    live: `${live}/app`,
                    api: [api, "/backend"],
                    hidesMetrics: hidesMetrics({ kind }),
                    redirects: false,
                },
                () => {
                    const door = { port: proxy.ports.http };
                    return { public: door, plain: door };
                },
            );
        });
    }
}

describe("a real NGINX", () => {
    if (!isInstalled("nginx", "apt-get install nginx-light")) return;
    for (const [kind, dialect] of nginxKinds) {
        provesRouting(kind, (manifests, stubs) =>
            Proxy.start(({ http }, folder) => ({
                files: { "nginx.conf": nginxConf(dialect(manifests, stubs), http, folder) },
                command: ["nginx", "-p", folder, "-c", `${folder}/nginx.conf`],
            })),
        );
    }
});

describe("a real HAProxy", () => {
    if (!isInstalled("haproxy", "apt-get install haproxy")) return;
    for (const [kind, dialect] of haproxyKinds) {
        provesRouting(kind, (manifests, stubs) =>
            Proxy.start(({ http }) => ({
                files: haproxyFiles(dialect, manifests, stubs, http),
                command: ["haproxy", "-db", "-f", "haproxy.cfg"],
            })),
        );
    }
});
