import assert from "node:assert/strict";

import type { KindName } from "../../components/ingress/kinds";
import { encryptedIngress, plainIngress } from "../support/ingressConfigs";
import { deployIngress } from "../support/deployIngress";

const hsts = { maxAgeSeconds: 63072000, includeSubdomains: true, preload: true };
const COMMUNITY = "nginx.ingress.kubernetes.io";
const HEADER = "max-age=63072000;includeSubDomains;preload";

/** The annotations of the first Ingress that has one of these. */
async function annotations(
    kind: KindName,
    more: Readonly<Record<string, unknown>>,
    prefix: string,
): Promise<Record<string, string>> {
    const { all } = await deployIngress(encryptedIngress(kind, more));
    const [ingress] = all("Ingress").map(({ inputs }) => inputs.metadata.annotations);
    return Object.fromEntries(Object.entries(ingress ?? {}).filter(([name]) => name.startsWith(prefix)));
}

describe("the annotations of a controller", () => {
    it("says HSTS as F5's controller wants it", async () => {
        assert.deepEqual(await annotations("f5-nginx", { hsts }, "nginx.org/hsts"), {
            "nginx.org/hsts": "true",
            "nginx.org/hsts-max-age": "63072000",
            "nginx.org/hsts-include-subdomains": "true",
        });
    });

    it("says HSTS as HAProxy Technologies' controller wants it", async () => {
        assert.deepEqual(await annotations("haproxy", { hsts }, "haproxy.org/response-set-header"), {
            "haproxy.org/response-set-header": `Strict-Transport-Security "${HEADER}"`,
        });
    });

    it("says HSTS as HAProxy Ingress wants it, and leaves its own alone otherwise", async () => {
        assert.deepEqual(await annotations("haproxy-ingress", { hsts }, "haproxy-ingress.github.io/hsts"), {
            "haproxy-ingress.github.io/hsts": "true",
            "haproxy-ingress.github.io/hsts-max-age": "63072000",
            "haproxy-ingress.github.io/hsts-include-subdomains": "true",
            "haproxy-ingress.github.io/hsts-preload": "true",
        });
        assert.deepEqual(await annotations("haproxy-ingress", {}, "haproxy-ingress.github.io/hsts"), {});
    });

    it("says HSTS as AWS wants it", async () => {
        const name = "alb.ingress.kubernetes.io/listener-attributes.HTTPS-443";
        assert.deepEqual(await annotations("alb", { hsts }, name), {
            [name]: `routing.http.response.strict_transport_security.header_value=${HEADER}`,
        });
    });

    it("says HSTS as Traefik wants it", async () => {
        const { one } = await deployIngress(encryptedIngress("traefik", { hsts }));
        assert.deepEqual(one("Middleware", "keep-traefik-hsts").inputs.spec, {
            headers: { stsSeconds: 63072000, stsIncludeSubdomains: true, stsPreload: true, forceSTSHeader: true },
        });
    });

    it("says HSTS as Google wants it", async () => {
        const { all } = await deployIngress(encryptedIngress("gce", { hsts }));
        for (const { inputs } of all("BackendConfig")) {
            const { customResponseHeaders } = inputs.spec as { customResponseHeaders: unknown };
            assert.deepEqual(customResponseHeaders, { headers: [`Strict-Transport-Security: ${HEADER}`] });
        }
    });

    it("limits bodies where the controller can", async () => {
        const sizes = await Promise.all([
            annotations("nginx", { maxBodyMegabytes: 25 }, "nginx.ingress.kubernetes.io/proxy-body-size"),
            annotations("f5-nginx", { maxBodyMegabytes: 25 }, "nginx.org/client-max-body-size"),
            annotations("haproxy-ingress", { maxBodyMegabytes: 25 }, "haproxy-ingress.github.io/proxy-body-size"),
        ]);
        assert.deepEqual(
            sizes.flatMap((size) => Object.values(size)),
            ["25m", "25m", "25m"],
        );
    });

    it("gives NGINX buffers for the session cookie of an identity provider", async () => {
        assert.deepEqual(await annotations("nginx", {}, `${COMMUNITY}/proxy-bu`), {
            [`${COMMUNITY}/proxy-buffer-size`]: "16k",
            [`${COMMUNITY}/proxy-buffers-number`]: "8",
            [`${COMMUNITY}/proxy-busy-buffers-size`]: "32k",
        });
        assert.deepEqual(await annotations("f5-nginx", {}, "nginx.org/proxy-bu"), {
            "nginx.org/proxy-buffer-size": "16k",
            "nginx.org/proxy-buffers": "8 16k",
            "nginx.org/proxy-busy-buffers-size": "32k",
        });
    });

    it("leaves the buffers of NGINX to the stack, because their sizes must match", async () => {
        for (const given of [
            { [`${COMMUNITY}/proxy-buffer-size`]: "8k" },
            { [`${COMMUNITY}/proxy-busy-buffers-size`]: "8k" },
            { [`${COMMUNITY}/proxy-buffers-number`]: "8" },
        ]) {
            assert.deepEqual(await annotations("nginx", { annotations: given }, `${COMMUNITY}/proxy-bu`), given);
        }
        const buffers = { "nginx.org/proxy-buffers": "4 8k" };
        assert.deepEqual(await annotations("f5-nginx", { annotations: buffers }, "nginx.org/proxy-bu"), buffers);
        const snippet = { "nginx.org/location-snippets": "proxy_buffer_size 32k;\nproxy_buffers 4 32k;" };
        assert.deepEqual(await annotations("f5-nginx", { annotations: snippet }, "nginx.org/proxy-bu"), {});
    });

    it("leaves the buffers to the stack for one tier alone", async () => {
        const given = { [`${COMMUNITY}/proxy-buffer-size`]: "8k" };
        const { all } = await deployIngress(encryptedIngress("nginx", { tierAnnotations: { backend: given } }));
        const sizes = all("Ingress").map(({ physicalName, inputs }) => [
            physicalName,
            inputs.metadata.annotations[`${COMMUNITY}/proxy-buffer-size`],
        ]);
        assert.deepEqual(Object.fromEntries(sizes), { "keep-nginx": "16k", "keep-nginx-backend": "8k" });
    });

    it("uses Traefik's entry points by the names that the stack gives them", async () => {
        const entryPoints = { http: "plain", https: "secure" };
        const { one } = await deployIngress(encryptedIngress("traefik", { entryPoints }));
        const entryPoint = (name: string) =>
            one("Ingress", name).inputs.metadata.annotations["traefik.ingress.kubernetes.io/router.entrypoints"];
        assert.equal(entryPoint("keep-traefik-backend"), "secure");
        assert.equal(entryPoint("keep-traefik-redirect"), "plain");
    });

    it("asks AWS for an internal load balancer, unless the stack wants a public one", async () => {
        const name = "alb.ingress.kubernetes.io/scheme";
        assert.deepEqual(await annotations("alb", {}, name), { [name]: "internal" });
        assert.deepEqual(await annotations("alb", { scheme: "internet-facing" }, name), { [name]: "internet-facing" });
    });

    it("closes Google's internal load balancer to plain http, which it cannot redirect", async () => {
        const { all, one } = await deployIngress(encryptedIngress("gce", { className: "gce-internal" }));
        assert.deepEqual(all("FrontendConfig"), []);
        const { annotations: given } = one("Ingress").inputs.metadata;
        assert.equal(given["kubernetes.io/ingress.class"], "gce-internal");
        assert.equal(given["kubernetes.io/ingress.allow-http"], "false");
    });

    it("lets Google make the certificate", async () => {
        const { one } = await deployIngress(encryptedIngress("gce", { tls: { defaultCertificate: true } }));
        assert.deepEqual(one("ManagedCertificate").inputs.spec, { domains: ["keep.example.com"] });
        const { metadata, spec } = one("Ingress").inputs;
        assert.equal(metadata.annotations["networking.gke.io/managed-certificates"], "keep-gce");
        assert.equal(spec.tls, undefined);
    });

    it("lets Google use a certificate that exists, by its annotation", async () => {
        const name = "ingress.gcp.kubernetes.io/pre-shared-cert";
        const { all, one } = await deployIngress(
            encryptedIngress("gce", { tls: { defaultCertificate: true }, annotations: { [name]: "keep" } }),
        );
        assert.deepEqual(all("ManagedCertificate"), []);
        const { metadata, spec } = one("Ingress").inputs;
        assert.equal(metadata.annotations[name], "keep");
        assert.equal(metadata.annotations["networking.gke.io/managed-certificates"], undefined);
        assert.equal(spec.tls, undefined);
    });

    it("takes further annotations", async () => {
        const name = "nginx.ingress.kubernetes.io/limit-rps";
        assert.deepEqual(await annotations("nginx", { annotations: { [name]: 20 } }, name), { [name]: "20" });
    });

    it("takes the class that its controller's own chart makes, unless the stack names one", async () => {
        const usual = {
            nginx: "nginx",
            traefik: "traefik",
            haproxy: "haproxy",
            "haproxy-ingress": "haproxy",
            "f5-nginx": "nginx",
            alb: "alb",
        } as const;
        for (const [kind, className] of Object.entries(usual) as [keyof typeof usual, string][]) {
            const classes = async (more: object) =>
                new Set(
                    (await deployIngress(encryptedIngress(kind, { ...more })))
                        .all("Ingress")
                        .map(({ inputs }) => inputs.spec.ingressClassName),
                );
            assert.deepEqual(await classes({}), new Set([className]), kind);
            assert.deepEqual(await classes({ className: "edge" }), new Set(["edge"]), kind);
        }
    });

    it("does not keep a deployment waiting for an address, unless the stack wants that", async () => {
        const kinds = ["nginx", "traefik", "haproxy", "haproxy-ingress", "f5-nginx", "alb", "gce"] as const;
        for (const kind of kinds) {
            const waits = async (more: object) =>
                (await deployIngress(encryptedIngress(kind, { ...more })))
                    .all("Ingress")
                    .map(({ inputs }) => inputs.metadata.annotations["pulumi.com/skipAwait"] ?? "false");
            assert.deepEqual([...new Set(await waits({}))], ["true"], kind);
            assert.deepEqual([...new Set(await waits({ await: true }))], ["false"], kind);
        }
    });

    it("leaves the class to the cluster where the controller is not known", async () => {
        const { one } = await deployIngress(plainIngress("generic"));
        assert.equal(one("Ingress").inputs.spec.ingressClassName, undefined);
    });
});
