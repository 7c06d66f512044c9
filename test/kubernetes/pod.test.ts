import assert from "node:assert/strict";

import { container, type ContainerArgs, podSpec, type PodArgs, scratch } from "../../components/kubernetes/pod";

const needed: ContainerArgs = {
    name: "web",
    image: "web:1",
    env: {},
    resources: {},
    pullPolicy: "Always",
    mounts: [],
};

const pod: PodArgs = {
    containers: [],
    volumes: [],
    user: 1000,
    pullSecrets: [],
    gracePeriodSeconds: 30,
    placement: { nodeSelector: {}, tolerations: [] },
};

describe("a container", () => {
    it("is within Pod Security restricted, on a read-only root", () => {
        assert.deepEqual(container(needed).securityContext, {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ["ALL"] },
            privileged: false,
            readOnlyRootFilesystem: true,
            runAsNonRoot: true,
        });
    });

    it("has what it is given, and shows the last lines of a crash", () => {
        const given = container({
            ...needed,
            command: ["run"],
            args: ["fast"],
            env: { A: "1" },
            envFrom: [{ secretRef: { name: "s" } }],
            ports: { http: 80, metrics: 9 },
            resources: { requests: { cpu: "1" } },
            mounts: [{ name: "tmp", mountPath: "/tmp" }],
        });

        const { securityContext, ...rest } = given;
        assert.notEqual(securityContext, undefined);
        assert.deepEqual(rest, {
            name: "web",
            image: "web:1",
            imagePullPolicy: "Always",
            command: ["run"],
            args: ["fast"],
            env: [{ name: "A", value: "1" }],
            envFrom: [{ secretRef: { name: "s" } }],
            ports: [
                { name: "http", containerPort: 80, protocol: "TCP" },
                { name: "metrics", containerPort: 9, protocol: "TCP" },
            ],
            resources: {
                requests: { cpu: "1", "ephemeral-storage": "128Mi" },
                limits: { "ephemeral-storage": "4Gi" },
            },
            volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
            terminationMessagePolicy: "FallbackToLogsOnError",
        });
    });

    it("is asked over HTTP: five minutes to start, half a minute out of service, two minutes to be restarted", () => {
        const { startupProbe, readinessProbe, livenessProbe } = container({
            ...needed,
            health: { path: "/healthy", port: "http" },
        });

        const httpGet = { path: "/healthy", port: "http" };
        assert.deepEqual(startupProbe, { httpGet, periodSeconds: 5, failureThreshold: 60, timeoutSeconds: 5 });
        assert.deepEqual(readinessProbe, { httpGet, periodSeconds: 10, failureThreshold: 3, timeoutSeconds: 5 });
        assert.deepEqual(livenessProbe, { httpGet, periodSeconds: 20, failureThreshold: 6, timeoutSeconds: 10 });
    });

    it("is asked two questions where being alive is less than taking requests", () => {
        const { startupProbe, readinessProbe, livenessProbe } = container({
            ...needed,
            health: { path: "/ready", alivePath: "/", port: "http" },
        });

        assert.deepEqual(
            [startupProbe, readinessProbe, livenessProbe].map((probe) => (probe as { httpGet: object }).httpGet),
            [
                { path: "/", port: "http" },
                { path: "/ready", port: "http" },
                { path: "/", port: "http" },
            ],
        );
    });

    it("is asked for an answer by a command, but restarted only when it takes no connections", () => {
        const { startupProbe, readinessProbe, livenessProbe } = container({
            ...needed,
            health: { port: "db", command: ["ping"] },
        });

        const tcpSocket = { port: "db" };
        assert.deepEqual(startupProbe, { tcpSocket, periodSeconds: 5, failureThreshold: 60, timeoutSeconds: 5 });
        assert.deepEqual(readinessProbe, {
            exec: { command: ["ping"] },
            periodSeconds: 10,
            failureThreshold: 3,
            timeoutSeconds: 5,
        });
        assert.deepEqual(livenessProbe, { tcpSocket, periodSeconds: 20, failureThreshold: 6, timeoutSeconds: 10 });
    });

    it("leaves the storage of its node to whoever decides the one or the other half of it", () => {
        for (const resources of [
            { requests: { "ephemeral-storage": "10Gi" }, limits: undefined },
            { requests: undefined, limits: { "ephemeral-storage": "1Mi" } },
        ]) {
            assert.deepEqual(container({ ...needed, resources }).resources, resources);
        }
    });

    it("is not asked when it says no health", () => {
        const made = container(needed);

        assert.deepEqual(
            [made.startupProbe, made.readinessProbe, made.livenessProbe],
            [undefined, undefined, undefined],
        );
    });
});

describe("a pod", () => {
    it("is within Pod Security restricted, and is told of no Service and no token", () => {
        const { securityContext, enableServiceLinks, automountServiceAccountToken, ...rest } = podSpec(pod);

        assert.deepEqual([enableServiceLinks, automountServiceAccountToken], [false, false]);
        assert.deepEqual(securityContext, {
            runAsNonRoot: true,
            seccompProfile: { type: "RuntimeDefault" },
            runAsUser: 1000,
            runAsGroup: 1000,
            fsGroup: 1000,
            fsGroupChangePolicy: "OnRootMismatch",
        });
        assert.equal(rest.serviceAccountName, undefined);
        assert.equal(rest.restartPolicy, undefined);
    });

    it("leaves its user to OpenShift", () => {
        assert.deepEqual(podSpec({ ...pod, user: undefined }).securityContext, {
            runAsNonRoot: true,
            seccompProfile: { type: "RuntimeDefault" },
        });
    });

    it("takes its account, its token and its pull secrets", () => {
        const { serviceAccountName, automountServiceAccountToken, imagePullSecrets } = podSpec({
            ...pod,
            account: { name: "me", usesToken: true },
            pullSecrets: ["a", "b"],
        });

        assert.deepEqual([serviceAccountName, automountServiceAccountToken], ["me", true]);
        assert.deepEqual(imagePullSecrets, [{ name: "a" }, { name: "b" }]);
    });

    it("takes containers, volumes, time to stop, and its place", () => {
        const init = container({ ...needed, name: "init" });
        const main = container(needed);
        const toleration = { key: "spot", operator: "Exists" };
        const affinity = { nodeAffinity: {} };
        const spread = { topologyKey: "zone", maxSkew: 1, whenUnsatisfiable: "ScheduleAnyway" };

        const made = podSpec({
            ...pod,
            initContainers: [init],
            containers: [main],
            volumes: [scratch("tmp", "1Gi")],
            restartPolicy: "Never",
            placement: {
                nodeSelector: { disk: "ssd" },
                tolerations: [toleration],
                affinity,
                priorityClassName: "high",
                topologySpread: [spread],
            },
        });

        assert.deepEqual([made.initContainers, made.containers], [[init], [main]]);
        assert.deepEqual(made.volumes, [{ name: "tmp", emptyDir: { sizeLimit: "1Gi" } }]);
        assert.deepEqual([made.terminationGracePeriodSeconds, made.restartPolicy], [30, "Never"]);
        assert.deepEqual(
            [
                made.nodeSelector,
                made.tolerations,
                made.affinity,
                made.priorityClassName,
                made.topologySpreadConstraints,
            ],
            [{ disk: "ssd" }, [toleration], affinity, "high", [spread]],
        );
    });
});
