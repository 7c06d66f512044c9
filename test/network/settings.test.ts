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
    });

    accepts({
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
