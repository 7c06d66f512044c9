import { container, podSpec } from "../../components/kubernetes/pod";
import { Workload, type WorkloadArgs } from "../../components/kubernetes/workload";
import { scopeOf } from "../../components/naming";
import { deploy } from "../support/harness";

/** What the workloads of these tests belong to. */
export const scope = scopeOf({ name: "keep", namespace: "monitoring", version: "1.2.3", labels: {} }, "web");

/** A pod of one container that serves HTTP. */
export function pod(more: Partial<Parameters<typeof podSpec>[0]> = {}) {
    return podSpec({
        containers: [
            container({
                name: "web",
                image: "web:1",
                env: {},
                ports: { http: 80 },
                resources: {},
                pullPolicy: "IfNotPresent",
                mounts: [],
            }),
        ],
        volumes: [],
        user: 1000,
        pullSecrets: [],
        gracePeriodSeconds: 30,
        placement: { nodeSelector: {}, tolerations: [] },
        ...more,
    });
}

/** A Workload of one such pod, with some of its arguments given. */
export async function workload(more: Partial<WorkloadArgs> = {}) {
    const args = { scope, pod: pod(), scaling: { replicas: 1 }, port: { name: "http", number: 80 }, ...more };
    return deploy(() => new Workload("web", args));
}

/** The kinds of all that was made. */
export const kinds = ({ resources }: { resources: readonly { type: string }[] }) =>
    resources.map(({ type }) => type.replace(/^.*:/, "")).sort();
