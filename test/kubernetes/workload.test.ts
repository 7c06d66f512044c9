import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { textToken } from "../../components/tokens";
import { kinds, scope, workload } from "./workloads";

describe("a Workload", () => {
    it("is a Deployment and a Service, no more, when it has one pod", async () => {
        const run = await workload();

        assert.deepEqual(kinds(run), ["Deployment", "Service", "Workload"]);
        const { metadata, spec } = run.one("Deployment").inputs;
        assert.deepEqual(metadata, {
            name: "keep-web",
            namespace: "monitoring",
            labels: scope.labels,
            annotations: { "pulumi.com/patchForce": "true" },
        });
        assert.deepEqual(spec.selector, { matchLabels: scope.selector });
        assert.equal(spec.replicas, 1);
        assert.deepEqual(run.one("Deployment").options.ignoreChanges, []);
        assert.equal(spec.progressDeadlineSeconds, 900);
        assert.equal(spec.revisionHistoryLimit, 3);
    });

    it("has no Service when nobody calls it", async () => {
        assert.deepEqual(kinds(await workload({ port: undefined })), ["Deployment", "Workload"]);
    });

    it("replaces its pods one by one, a new one first", async () => {
        const { one } = await workload();

        assert.deepEqual(one("Deployment").inputs.spec.strategy, {
            type: "RollingUpdate",
            rollingUpdate: { maxUnavailable: 0, maxSurge: 1 },
        });
    });

    it("waits for a rollout as long as its pods may take to start", async () => {
        const deadline = async (startupSeconds?: number) =>
            (await workload({ startupSeconds })).one("Deployment").inputs.spec.progressDeadlineSeconds;

        assert.deepEqual([await deadline(), await deadline(1800)], [900, 2400]);
    });

    it("stops the old pod first when only one may be there", async () => {
        const { one } = await workload({ recreate: true });

        assert.deepEqual(one("Deployment").inputs.spec.strategy, { type: "Recreate" });
    });

    it("labels its pods with the stack's labels, but for those that select them", async () => {
        const podLabels = { team: "core", "app.kubernetes.io/component": "mine" };

        const { one } = await workload({ podLabels, podAnnotations: { a: "1" }, annotations: { b: "2" } });

        const { metadata, spec } = one("Deployment").inputs;
        assert.deepEqual(spec.template.metadata, {
            labels: { team: "core", ...scope.labels },
            annotations: { a: "1" },
        });
        assert.deepEqual(metadata.annotations, { "pulumi.com/patchForce": "true", b: "2" });
    });
});

describe("a Workload's Service", () => {
    it("sends its port to that of the container by name, and is not waited for", async () => {
        const { one } = await workload();

        assert.deepEqual(one("Service").inputs.metadata, {
            name: "keep-web",
            namespace: "monitoring",
            labels: scope.labels,
            annotations: { "pulumi.com/skipAwait": "true" },
        });
        assert.deepEqual(one("Service").inputs.spec, {
            type: "ClusterIP",
            selector: scope.selector,
            ports: [{ name: "http", port: 80, targetPort: "http", protocol: "TCP" }],
        });
    });

    it("takes type, IP families, protocol and annotations from the stack", async () => {
        const service = {
            type: "LoadBalancer",
            nodePort: 30080,
            loadBalancerClass: "service.k8s.aws/nlb",
            annotations: { a: "1", "pulumi.com/skipAwait": "false" },
            ipFamilyPolicy: "PreferDualStack",
            appProtocol: "kubernetes.io/ws",
        };

        const { one } = await workload({ service });

        const { metadata, spec } = one("Service").inputs;
        assert.deepEqual(metadata.annotations, { a: "1", "pulumi.com/skipAwait": "false" });
        assert.deepEqual(
            [spec.type, spec.ipFamilyPolicy, spec.ports[0]?.appProtocol],
            ["LoadBalancer", "PreferDualStack", "kubernetes.io/ws"],
        );
        assert.deepEqual([spec.loadBalancerClass, spec.ports[0]?.nodePort], ["service.k8s.aws/nlb", 30080]);
    });

    it("is replaced if the class of its load balancer changes, which the API server does not accept", async () => {
        const { replaceOnChanges, deleteBeforeReplace }: pulumi.CustomResourceOptions = (await workload()).one(
            "Service",
        ).options;

        assert.deepEqual([replaceOnChanges, deleteBeforeReplace], [["spec.loadBalancerClass"], true]);
    });

    it("has the list of addresses of its load balancer as a field, which kube-proxy reads", async () => {
        const annotations = { "service.beta.kubernetes.io/load-balancer-source-ranges": "10.0.0.0/8, 192.0.2.0/24" };

        const { one } = await workload({ service: { type: "LoadBalancer", annotations } });

        assert.deepEqual(one("Service").inputs.spec.loadBalancerSourceRanges, ["10.0.0.0/8", "192.0.2.0/24"]);
    });

    it("has that field also for a list that is an Output", async () => {
        const annotations = {
            "service.beta.kubernetes.io/load-balancer-source-ranges": textToken(
                pulumi.output("10.0.0.0/8,192.0.2.0/24"),
            ),
        };

        const { one } = await workload({ service: { type: "LoadBalancer", annotations } });

        assert.deepEqual(one("Service").inputs.spec.loadBalancerSourceRanges, ["10.0.0.0/8", "192.0.2.0/24"]);
    });

    it("is waited for when a load balancer must give it an address", async () => {
        const { one } = await workload({ service: { type: "LoadBalancer", annotations: {} } });

        assert.deepEqual(one("Service").inputs.metadata.annotations, {});
    });
});
