import { accepts } from "../support/refusals";
describe("who may reach whom", () => {
    const published = { publicUrl: "https://keep.example.com" };
    accepts({
        "ranges of IPv6 in every spelling": {
            networkPolicy: {
                enabled: true,
                edge: [
                    { cidr: "::/0", except: ["64:ff9b::10.0.0.0/104", "FE80::/10"] },
                    { cidr: "2001:db8:0:0:0:0:0:1/128" },
                    { cidr: "1:2:3:4:5:6:7::/112" },
                ],
            },
        },
        "policies that are off, without an edge": { networkPolicy: { enabled: false } },
        "no edge where nothing comes in": { networkPolicy: { enabled: true }, ingress: { kind: "none" } },
        "the addresses of a Service's clients": {
            networkPolicy: { enabled: true, edge: [{ namespace: "traefik" }, { cidr: "10.0.0.0/8" }] },
            frontend: { service: { type: "LoadBalancer" } },
            websocket: { service: { type: "NodePort" } },
        },
        "a Service of a tier that does not exist": {
            networkPolicy: { enabled: true, edge: [{ namespace: "traefik" }] },
            frontend: { enabled: false, url: "https://ui.example.com", service: { type: "LoadBalancer" } },
        },
        "the subnets of an ALB": {
            ...published,
            ingress: { kind: "alb", tls: { defaultCertificate: true } },
            networkPolicy: { enabled: true, edge: [{ namespace: "kube-system" }, { cidr: "10.0.0.0/16" }] },
        },
        "a controller in the cluster behind a load balancer of AWS": {
            ...published,
            ingress: { kind: "generic", className: "nginx-alb", tls: { defaultCertificate: true } },
            networkPolicy: { enabled: true, edge: [{ namespace: "ingress" }] },
        },
        "Google's addresses": {
            ...published,
            ingress: { kind: "gce", tls: { defaultCertificate: true } },
            networkPolicy: { enabled: true, edge: [{ cidr: "130.211.0.0/22" }, { cidr: "35.191.0.0/16" }] },
        },
        "all addresses, for an existing Gateway in GKE": {
            ...published,
            ingress: {
                kind: "gateway",
                parentRef: { name: "shared" },
                implementation: "gke",
                tls: { defaultCertificate: true },
            },
            networkPolicy: { enabled: true, edge: [{ cidr: "0.0.0.0/0" }] },
        },
        "a load balancer of a cloud, without policies": {
            ...published,
            ingress: { kind: "alb", tls: { defaultCertificate: true } },
        },
        "pods, addresses, and ports for providers": {
            networkPolicy: {
                enabled: true,
                edge: [{ namespaceLabels: { team: "edge" }, podLabels: { app: "proxy" } }, { podLabels: { app: "x" } }],
                providers: [{ cidr: "0.0.0.0/0", except: ["10.0.0.0/8"], ports: [443] }],
                destinations: { apiServer: [{ cidr: "fd00::/64" }] },
            },
        },
    });
});

describe("services in the pod itself", () => {
    const image = "registry.example.com/proxy:1";
    const native = { initContainers: [{ name: "proxy", image, restartPolicy: "Always" }] };
    const sidecar = { sidecars: [{ name: "proxy", image }] };
    const namespace = { podSecurity: "baseline" };
    const database = { kind: "postgres" };
    const vault = { kind: "vault", address: "http://127.0.0.1:8200", role: "keep" };
    accepts({
        "a proxy of the database in all pods": {
            namespace,
            database: { kind: "external", engine: "postgres", host: "127.0.0.1" },
            databasePassword: "p",
            redis: { kind: "bundled" },
            backend: native,
            worker: native,
            consumer: { enabled: true, ...native },
        },
        "a proxy of Redis as a sidecar, without live updates": {
            namespace,
            database,
            redis: { kind: "external", host: "localhost" },
            websocket: { kind: "none" },
            backend: sidecar,
            worker: sidecar,
        },
        "a proxy of Elasticsearch, and of a model": {
            namespace,
            elasticsearch: { hosts: ["http://localhost:9200"] },
            openai: { baseUrl: "http://127.0.0.1:4000" },
            openaiApiKey: "k",
            backend: sidecar,
            frontend: native,
        },
        "an agent of Vault": { namespace, secretStore: vault, backend: native },
        "an agent that Vault's injector adds": {
            secretStore: vault,
            pods: { annotations: { "vault.hashicorp.com/agent-inject": true } },
        },
        "Keycloak at a host of its own for browsers": {
            namespace,
            auth: {
                kind: "keycloak",
                url: "http://localhost:8080",
                issuer: "https://id.example.com/realms/keep",
                realm: "keep",
                clientId: "keep",
                adminUser: "admin",
            },
            authClientSecret: "s",
            keycloakAdminPassword: "p",
            backend: sidecar,
        },
        "a proxy for http in all pods": {
            namespace,
            proxy: { http: "http://localhost:3128", https: "http://localhost:3128" },
            backend: native,
            frontend: sidecar,
        },
        "hosts whose names begin like a loopback's": {
            database,
            redis: { kind: "external", host: "localhost.example.com" },
            elasticsearch: { hosts: ["http://127.example.com:9200"] },
            secretStore: { ...vault, address: "http://ip6-localhost.example.com" },
        },
        "an installation on one's own machine": {
            publicUrl: "http://localhost:3000",
            ingress: { kind: "none" },
            websocket: { kind: "none" },
        },
    });
});
