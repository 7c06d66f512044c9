import assert from "node:assert/strict";

import { deployKeep, deployStack, stack } from "../support/config";
import { type Asker, asker, PARTS, pod } from "./asker";

const dns = { namespace: "kube-system", labels: { "k8s-app": "kube-dns" } };
const stranger = { namespace: "default", labels: { app: "stranger" } };

describe("NetworkPolicies let out to name servers", () => {
    let asks: Asker;
    before(async () => {
        asks = asker(await deployStack(stack("prod")));
    });

    it("everybody but database and Redis, which call nobody", () => {
        const askers = PARTS.filter((part) => asks(pod(part), dns, 53, "UDP") && asks(pod(part), dns, 53, "TCP"));
        assert.deepEqual(askers, ["backend", "frontend", "setup", "websocket", "worker"]);
        assert.equal(asks(pod("frontend"), stranger, 53, "UDP"), false);
    });

    it("that are not pods, on each platform that has such, and not to their other ports", () => {
        for (const [platform, address] of Object.entries({
            "NodeLocal DNSCache": "169.254.20.10",
            kubespray: "169.254.25.10",
            AKS: "169.254.10.11",
            GKE: "169.254.169.254",
            "the cache of GKE": "34.118.224.10",
            "EKS Auto Mode": "172.20.0.10",
            "EKS Auto Mode with IPv6": "fd12::a",
        })) {
            assert.equal(asks(pod("frontend"), { address }, 53, "UDP"), true, platform);
            assert.equal(asks(pod("frontend"), { address }, 80), false, platform);
        }
        assert.equal(asks(pod("frontend"), { address: "203.0.113.9" }, 53, "UDP"), false);
    });

    it("of Gardener, which listen on another port", () => {
        assert.equal(asks(pod("frontend"), dns, 8053, "UDP"), true);
        assert.equal(asks(pod("frontend"), dns, 5353, "UDP"), false);
    });

    it("of the stack, at their ports", async () => {
        const servers = [{ namespace: "kube-system", ports: [8054] }, { namespace: "dns" }, { cidr: "10.9.9.9/32" }];
        const networkPolicy = { enabled: true, edge: [{ namespace: "edge" }], dns: servers };
        const own = asker(await deployKeep({ platform: "openshift", networkPolicy }));
        const to = (server: Parameters<Asker>[1]) =>
            [53, 5353, 8054].filter((port) => own(pod("frontend"), server, port, "UDP"));
        assert.deepEqual(to(dns), [8054]);
        assert.deepEqual(to({ namespace: "dns", labels: {} }), [5353]);
        assert.deepEqual(to({ address: "10.9.9.9" }), [53]);
    });

    it("of OpenShift, on OpenShift", async () => {
        const networkPolicy = { enabled: true, edge: [{ namespace: "edge" }] };
        const openshift = asker(await deployKeep({ platform: "openshift", networkPolicy }));
        const to = (server: Parameters<Asker>[1], port: number) => openshift(pod("frontend"), server, port, "UDP");
        assert.equal(to({ namespace: "openshift-dns", labels: {} }, 5353), true);
        assert.equal(to({ namespace: "openshift-dns", labels: {} }, 443), false);
        assert.equal(to(dns, 53), false);
        assert.equal(to({ address: "172.30.0.10" }, 53), false);
    });
});
