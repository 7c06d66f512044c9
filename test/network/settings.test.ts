import { accepts, refuses } from "../support/refusals";

const edge = [{ namespace: "edge" }];
const ONE_THING =
    "names neither or more than one of pods and addresses. Give namespace or namespaceLabels (and podLabels), or cidr (and except).";

describe("who may reach whom", () => {
    refuses({
        "policies without an edge, which would keep everybody out": [
            { networkPolicy: { enabled: true } },
            "keep:networkPolicy.edge is empty, so no request from outside can reach Keep. Name the pods that requests come through, such as [{namespace: ingress-nginx}], or their addresses.",
        ],
        "an edge that is nothing": [
            { networkPolicy: { enabled: true, edge: [{}] } },
            `keep:networkPolicy.edge.0 ({}) ${ONE_THING}`,
        ],
        "an edge that is pods and addresses": [
            { networkPolicy: { enabled: true, edge: [{ namespace: "edge", cidr: "10.0.0.0/8" }] } },
            `keep:networkPolicy.edge.0 ({"namespace":"edge","cidr":"10.0.0.0/8"}) ${ONE_THING}`,
        ],
        "addresses that are no range": [
            { networkPolicy: { enabled: true, edge, destinations: { database: [{ cidr: "10.1.2.3" }] } } },
            'keep:networkPolicy.destinations.database.0.cidr ("10.1.2.3") is not a range of addresses. Write it like 10.0.0.0/8, and one address like 10.1.2.3/32.',
        ],
        "addresses with bits beyond their prefix, and exceptions that are no part of the range": [
            {
                networkPolicy: {
                    enabled: true,
                    edge,
                    providers: [
                        { cidr: "10.1.2.3/8" },
                        { cidr: "fd00::1/64" },
                        { cidr: "10.0.0.0/8", except: ["11.0.0.0/16", "10.0.0.0/8", "fd00::/64", "10.2.0.0/16"] },
                        { cidr: "2001:db8::/32", except: ["2001:db9::/64", "2001:db8:0:1::/64"] },
                    ],
                },
            },
            'keep:networkPolicy.providers.0.cidr ("10.1.2.3/8") has bits set beyond its prefix. Write the first address of the range, such as 10.0.0.0/8.',
            'keep:networkPolicy.providers.1.cidr ("fd00::1/64") has bits set beyond its prefix. Write the first address of the range, such as 10.0.0.0/8.',
            'keep:networkPolicy.providers.2.except.0 ("11.0.0.0/16") is not a smaller range inside 10.0.0.0/8. Write a part of that range, or remove it.',
            'keep:networkPolicy.providers.2.except.1 ("10.0.0.0/8") is not a smaller range inside 10.0.0.0/8. Write a part of that range, or remove it.',
            'keep:networkPolicy.providers.2.except.2 ("fd00::/64") is not a smaller range inside 10.0.0.0/8. Write a part of that range, or remove it.',
            'keep:networkPolicy.providers.3.except.0 ("2001:db9::/64") is not a smaller range inside 2001:db8::/32. Write a part of that range, or remove it.',
        ],
    });

    accepts({
        "ranges of IPv6 in every spelling": {
            networkPolicy: {
                enabled: true,
                edge: [
                    { cidr: "::/0", except: ["::ffff:10.0.0.0/104", "FE80::/10"] },
                    { cidr: "2001:db8:0:0:0:0:0:1/128" },
                    { cidr: "1:2:3:4:5:6:7::/112" },
                ],
            },
        },
        "policies that are off, without an edge": { networkPolicy: { enabled: false } },
        "no edge where nothing comes in": { networkPolicy: { enabled: true }, ingress: { kind: "none" } },
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
