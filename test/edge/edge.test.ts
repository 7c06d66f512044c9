import type { KindName } from "../../components/ingress/kinds";
import { hidesMetrics } from "../../components/ingress/settings";
import type { Manifests } from "../ingress/models/model";
import { routesWithRewrite } from "../ingress/routes";
import { encryptedIngress, plainIngress } from "../support/ingressConfigs";
import { deployIngress } from "../support/deployIngress";
import { type Certificate, createCertificate } from "../support/certificate";
import { isInstalled } from "../support/programs";
import { HSTS, HSTS_HEADER, provesPromises } from "./contract";
import { community, type HaproxyDialect, haproxyFiles, router, technologies } from "./dialects/haproxy";
import { f5, ingressNginx, nginxConf, type NginxDialect } from "./dialects/nginx";
import { Proxy } from "./proxy";
import { Stubs } from "./stubs";

const HOSTS = ["keep.example.com", "alerts.example.org"] as const;

type Kind = KindName;

const nginxKinds: readonly (readonly [Kind, NginxDialect])[] = [
    ["nginx", ingressNginx],
    ["f5-nginx", f5],
];

const haproxyKinds: readonly (readonly [Kind, HaproxyDialect])[] = [
    ["haproxy", technologies],
    ["haproxy-ingress", community],
    ["openshift", router],
];

interface Setting {
    readonly manifests: Manifests;
    readonly stubs: Stubs;
    /** What the edge has in the place of the stack's Secret; undefined without TLS. */
    readonly certificate: Certificate | undefined;
}

/** The contract's paths, asked of a real proxy that is configured as the kind's controller would. */
function provesRouting(kind: Kind, start: (setting: Setting) => Promise<Proxy>): void {
    for (const encrypted of [false, true]) {
        for (const [api, live] of [
            ["/v2", "/websocket"],
            ["/keep-api.v2/a", "/live.ws-1"],
        ] as const) {
            const hsts = encrypted && kind !== "nginx" ? HSTS : undefined;
            describe(`${kind} with ${api} and ${live}, ${encrypted ? "https" : "http"}`, () => {
                let stubs: Stubs;
                let proxy: Proxy;
                let certificate: Certificate | undefined;

                before(async () => {
                    stubs = await Stubs.start(["keep-frontend", "keep-backend", "keep-websocket"]);
                    certificate = encrypted ? createCertificate(HOSTS) : undefined;
                    const more = {
                        backendPrefix: api,
                        websocketPrefix: live,
                        extraHosts: HOSTS.slice(1),
                        ...(hsts === undefined ? {} : { hsts }),
                    };
                    const settings = encrypted ? encryptedIngress(kind, more) : plainIngress(kind, more);
                    proxy = await start({ manifests: await deployIngress(settings), stubs, certificate });
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
                        redirects: encrypted,
                        hsts: hsts && HSTS_HEADER,
                    },
                    () => {
                        const plain = { port: proxy.ports.http };
                        return certificate === undefined
                            ? { public: plain, plain }
                            : {
                                  public: { port: proxy.ports.https, certificate: certificate.certificate },
                                  plain,
                              };
                    },
                );
            });
        }
    }
}

describe("a real NGINX", () => {
    if (!isInstalled(["nginx"], "NGINX (apt-get install nginx-light)")) return;
    for (const [kind, dialect] of nginxKinds) {
        provesRouting(kind, ({ manifests, stubs, certificate }) =>
            Proxy.start((ports, folder) => ({
                files: {
                    "nginx.conf": nginxConf(dialect(manifests, stubs), ports, folder),
                    ...(certificate && { "certificate.pem": certificate.certificate, "key.pem": certificate.key }),
                },
                command: ["nginx", "-p", folder, "-c", `${folder}/nginx.conf`],
            })),
        );
    }
});

describe("a real HAProxy", () => {
    if (!isInstalled(["haproxy"], "HAProxy (apt-get install haproxy)")) return;
    for (const [kind, dialect] of haproxyKinds) {
        provesRouting(kind, ({ manifests, stubs, certificate }) =>
            Proxy.start((ports) => ({
                files: haproxyFiles(dialect, manifests, stubs, ports, certificate),
                command: ["haproxy", "-db", "-f", "haproxy.cfg"],
            })),
        );
    }
});
