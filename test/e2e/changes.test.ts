import assert from "node:assert/strict";

import { z } from "zod";

import { testCluster } from "../cluster/connection";
import type { Settings } from "../cluster/release";
import { ofRelease, uids } from "./objects";
import { describeWithFakePods } from "./pods";
import { TestProject } from "./project";
import type { TestStack } from "./stack";

const FIRST: Settings = {
    publicUrl: "http://keep.localhost",
    ingress: { kind: "nginx" },
    release: "change",
    database: { kind: "postgres", volume: { size: "1Gi" } },
    redis: { kind: "bundled" },
};

// Changes of one stack, each on top of the one before.
describeWithFakePods("a change under the real engine", () => {
    const { client } = testCluster();
    const project = new TestProject();
    let stack: TestStack;
    let settings = FIRST;

    /** Changes some settings; answers with what the engine did, and the objects that are not the same as before. */
    async function change(more: Settings): Promise<{ changes: readonly string[]; other: readonly string[] }> {
        const before = await uids(client, ofRelease("change"));
        settings = { ...settings, ...more };
        await stack.configure(settings);
        const { changes } = await stack.up();
        const after = await uids(client, ofRelease("change"));
        return { changes, other: Object.keys(before).filter((name) => before[name] !== after[name]) };
    }

    async function frontendPods(): Promise<number> {
        const { body } = await client.request("GET", "/apis/apps/v1/namespaces/change/deployments/change-frontend");
        return z.object({ spec: z.object({ replicas: z.number() }) }).parse(body).spec.replicas;
    }

    before(async () => {
        stack = await project.stack("change", settings);
        await stack.up();
    });
    after(async () => {
        await project.close();
    });

    it("of the websocket's prefix moves the route and tells the user interface", async () => {
        const { changes, other } = await change({ ingress: { kind: "nginx", websocketPrefix: "/live" } });

        assert.deepEqual(changes, ["update Deployment keep-frontend", "update Ingress keep-ingress"]);
        assert.deepEqual(other, []);
        assert.equal(await stack.output("websocketUrl"), "ws://keep.localhost/live");
    });

    it("of the API's prefix also runs setup again, which gives providers their webhook's address", async () => {
        const { changes, other } = await change({
            ingress: { kind: "nginx", websocketPrefix: "/live", backendPrefix: "/api2" },
        });

        assert.deepEqual(changes, [
            "replace Job keep-setup",
            "update Deployment keep-backend",
            "update Deployment keep-frontend",
            "update Deployment keep-worker",
            "update Ingress keep-ingress",
        ]);
        assert.deepEqual(other, ["jobs change/change-setup"]);
        assert.equal(await stack.output("backendUrl"), "http://keep.localhost/api2");
    });

    it("of version, disk and replicas replaces only setup, and leaves database, Redis and Soketi running", async () => {
        const { changes, other } = await change({
            version: "0.54.3",
            database: { kind: "postgres", volume: { size: "2Gi" } },
            backend: { replicas: 2 },
            frontend: { replicas: 4 },
        });

        assert.deepEqual(
            changes.filter((what) => / (Deployment|Job|PersistentVolumeClaim|PodDisruptionBudget) /.test(what)),
            [
                "create PodDisruptionBudget keep-backend",
                "create PodDisruptionBudget keep-frontend",
                "replace Job keep-setup",
                "update Deployment keep-backend",
                "update Deployment keep-frontend",
                "update Deployment keep-worker",
                "update PersistentVolumeClaim keep-database",
            ],
        );
        assert.deepEqual(other, ["jobs change/change-setup"]);
    });

    it("of the database's password restarts its server, then runs setup, then restarts who reads it", async () => {
        await stack.setSecrets({ databasePassword: "another-password" });

        const { changes, other } = await change({});

        assert.deepEqual(changes, [
            "delete RandomPassword keep-database",
            "replace Job keep-setup",
            "replace Secret keep-database",
            "update Deployment keep-backend",
            "update Deployment keep-database",
            "update Deployment keep-worker",
        ]);
        assert.deepEqual(other, ["jobs change/change-setup", "secrets change/change.database"]);
    });

    it("from replicas to an autoscaler keeps the pods that there are", async () => {
        const { changes, other } = await change({ frontend: { replicas: 4, autoscaling: { min: 2, max: 6 } } });

        assert.deepEqual(changes, ["create HorizontalPodAutoscaler keep-frontend"]);
        assert.deepEqual(other, []);
        assert.equal(await frontendPods(), 4);
    });

    it("from an autoscaler that has decided back to replicas takes the number back", async () => {
        await change({ frontend: { replicas: 4, autoscaling: { min: 2, max: 3 } } });
        assert.equal(await frontendPods(), 3);

        const { changes } = await change({ frontend: { replicas: 2 } });

        assert.deepEqual(changes, ["delete HorizontalPodAutoscaler keep-frontend", "update Deployment keep-frontend"]);
        assert.equal(await frontendPods(), 2);
    });

    it("of a password that the stack file has restarts who reads it, and replaces nothing but its Secret", async () => {
        await stack.setSecrets({ redisPassword: "first-password" });
        await change({ redis: { kind: "external", host: "redis.example.com" } });
        await stack.setSecrets({ redisPassword: "second-password" });

        const { changes, other } = await change({});

        assert.deepEqual(changes, [
            "replace Secret keep-redis",
            "update Deployment keep-backend",
            "update Deployment keep-websocket",
            "update Deployment keep-worker",
        ]);
        assert.deepEqual(other, ["secrets change/change.redis"]);
        for (const password of ["first-password", "second-password"]) {
            assert.equal(stack.state().includes(password), false);
            assert.equal(stack.transcript.includes(password), false);
        }
    });

    it("of the class of a load balancer replaces its Service alone", async () => {
        // Nothing gives an address to a load balancer here.
        const service = { type: "LoadBalancer", annotations: { "pulumi.com/skipAwait": "true" } };
        await change({ frontend: { service } });

        const { changes, other } = await change({
            frontend: { service: { ...service, loadBalancerClass: "service.k8s.aws/nlb" } },
        });

        assert.deepEqual(changes, ["replace Service keep-frontend"]);
        assert.deepEqual(
            other.filter((id) => !id.startsWith("endpointslices ")),
            ["services change/change-frontend"],
        );
        assert.deepEqual((await change({ frontend: { service } })).changes, ["replace Service keep-frontend"]);
    });

    it("of the ingress kind puts the new way in beside the old one, and touches nothing else", async () => {
        const { changes } = await change({
            ingress: { kind: "haproxy", websocketPrefix: "/live", backendPrefix: "/api2" },
        });

        assert.ok(changes.includes("delete Ingress keep-ingress"), changes.join("\n"));
        assert.deepEqual(
            changes.filter((what) => !/^(create|delete) Ingress /.test(what)),
            [],
        );
    });
});
