import { accepts } from "../support/refusals";

const ALB = "alb.ingress.kubernetes.io";
const tls = { defaultCertificate: true };

/** A stack with an ingress, and one for webhooks that may have a load balancer of AWS in common with it. */
function withHooks(main: object, hooks: object) {
    return {
        publicUrl: "https://keep.example.com",
        ingress: { kind: "alb", tls, ...main },
        extraIngresses: [
            {
                name: "hooks",
                hosts: ["hooks.example.com"],
                tiers: ["backend"],
                ingress: { kind: "alb", tls, ...hooks },
            },
        ],
    };
}

/** Annotations of AWS, with their group. */
function inGroup(group: string, annotations: Readonly<Record<string, string>> = {}) {
    const all = { "group.name": group, ...annotations };
    return { annotations: Object.fromEntries(Object.entries(all).map(([name, value]) => [`${ALB}/${name}`, value])) };
}

describe("load balancers of AWS that two ingresses have in common", () => {
    accepts({
        "the same values": withHooks(
            { scheme: "internet-facing", hsts: {}, ...inGroup("keep", { "wafv2-acl-arn": "arn:a" }) },
            { scheme: "internet-facing", hsts: {}, ...inGroup("keep", { "wafv2-acl-arn": "arn:a" }) },
        ),
        "properties that only one of them sets": withHooks(
            { hsts: {}, ...inGroup("keep", { "load-balancer-attributes": "routing.http2.enabled=true" }) },
            inGroup("keep", {
                "inbound-cidrs": "10.0.0.0/8",
                "load-balancer-attributes": "deletion_protection.enabled=true",
            }),
        ),
        "values that AWS's controller reads alike": withHooks(
            inGroup("keep", {
                subnets: "a, b",
                "inbound-cidrs": "10.0.0.0/8,10.1.0.0/16",
                "enable-frontend-nlb": "true",
            }),
            inGroup("keep", { subnets: "b,a", "inbound-cidrs": "10.1.0.0/16, 10.0.0.0/8", "enable-frontend-nlb": "1" }),
        ),
        "an attribute that the program replaces": withHooks(
            inGroup("keep", { "load-balancer-attributes": "idle_timeout.timeout_seconds=60" }),
            inGroup("keep"),
        ),
        "properties of one Ingress in a group": withHooks(
            inGroup("keep", { "group.order": "1", "success-codes": "200" }),
            inGroup("keep", { "group.order": "2", "success-codes": "200-399" }),
        ),
        "groups of their own": withHooks(inGroup("inside"), { scheme: "internet-facing", ...inGroup("outside") }),
        "a list at one load balancer, and security groups at another": withHooks(
            inGroup("office", { "inbound-cidrs": "203.0.113.0/24" }),
            inGroup("hooks", { "security-groups": "sg-hooks" }),
        ),
        "a list and security groups at load balancers of two tiers": withHooks(
            {
                kind: "generic",
                className: "alb",
                ...inGroup("keep", { "listen-ports": '[{"HTTPS":443}]', "inbound-cidrs": "203.0.113.0/24" }),
                tierAnnotations: {
                    websocket: { [`${ALB}/group.name`]: "live", [`${ALB}/security-groups`]: "sg-live" },
                },
            },
            inGroup("hooks"),
        ),
        "http at a load balancer of its own": withHooks(
            { ...inGroup("outside"), tls: { terminatedOutside: true } },
            inGroup("hooks"),
        ),
        "http alone at one load balancer": withHooks(
            { ...inGroup("keep"), tls: { terminatedOutside: true } },
            { ...inGroup("keep"), tls: { terminatedOutside: true } },
        ),
        "a proxy in front that connects to the port for https": withHooks(inGroup("keep"), {
            kind: "generic",
            className: "alb",
            tierHosts: { backend: "api.example.com" },
            tls: { terminatedOutside: true },
            ...inGroup("keep", { "listen-ports": '[{"HTTPS":443}]' }),
        }),
        "no groups": withHooks({}, { scheme: "internet-facing", timeoutSeconds: 600 }),
        "lists at different ports": withHooks(
            {
                kind: "generic",
                className: "alb",
                ...inGroup("keep", { "listen-ports": '[{"HTTPS":443}]', "inbound-cidrs": "10.0.0.0/8" }),
            },
            {
                kind: "generic",
                className: "alb",
                tierHosts: { backend: "api.example.com" },
                ...inGroup("keep", { "listen-ports": '[{"HTTPS":8443}]', "inbound-cidrs": "10.0.0.0/16" }),
            },
        ),
        "annotations of a tier that the ingress does not route": withHooks(
            {
                kind: "generic",
                className: "alb",
                ...inGroup("keep", { "listen-ports": '[{"HTTPS":443}]', scheme: "internal" }),
            },
            {
                kind: "generic",
                className: "alb",
                tierHosts: { backend: "api.example.com" },
                ...inGroup("keep", { "listen-ports": '[{"HTTPS":443}]' }),
                tierAnnotations: { frontend: { [`${ALB}/scheme`]: "internet-facing" } },
            },
        ),
    });
});
