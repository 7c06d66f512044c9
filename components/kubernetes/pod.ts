import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import { type Env, envVars } from "./env";

type Container = types.input.core.v1.Container;

/** How Kubernetes asks a container whether it is well: an HTTP path, or a command in the container. */
export type Health = { readonly path: string; readonly port: string } | { readonly command: readonly string[] };

/** One container of ours. */
export interface ContainerArgs {
    readonly name: string;
    readonly image: string;
    readonly command?: readonly string[];
    readonly args?: readonly string[];
    readonly env: Env;
    readonly envFrom?: readonly types.input.core.v1.EnvFromSource[];
    /** Ports by name. */
    readonly ports?: Readonly<Record<string, number>>;
    readonly health?: Health;
    readonly resources: types.input.core.v1.ResourceRequirements;
    readonly pullPolicy: string;
    readonly mounts: readonly types.input.core.v1.VolumeMount[];
}

/** What the pods of one part have in common, beside their containers. */
export interface PodArgs {
    readonly containers: readonly Container[];
    readonly initContainers?: readonly Container[];
    readonly volumes: readonly types.input.core.v1.Volume[];
    /** User id of every container; the group is the same. Left to the platform on OpenShift. */
    readonly user: number | undefined;
    readonly pullSecrets: readonly string[];
    /** ServiceAccount whose token the pod uses; most pods have none. */
    readonly serviceAccount?: string;
    /** Whether the account's token is put into the pod. */
    readonly usesToken?: boolean;
    /** Seconds that a stopping pod may take. */
    readonly gracePeriodSeconds: number;
    readonly placement: Placement;
    readonly restartPolicy?: "OnFailure" | "Never";
}

/** Where pods may run. */
export interface Placement {
    readonly nodeSelector: Readonly<Record<string, string>>;
    readonly tolerations: readonly types.input.core.v1.Toleration[];
    readonly affinity?: types.input.core.v1.Affinity;
    readonly priorityClassName?: string;
    readonly topologySpread?: readonly types.input.core.v1.TopologySpreadConstraint[];
}

/** Seconds that a container may take to start, before Kubernetes restarts it: Keep's imports alone take a minute on a slow node. */
const START_BUDGET_SECONDS = 300;

/** A container within Pod Security "restricted", on a read-only root. */
export function container(args: ContainerArgs): Container {
    const { health, ports = {} } = args;
    return {
        name: args.name,
        image: args.image,
        imagePullPolicy: args.pullPolicy,
        command: copy(args.command),
        args: copy(args.args),
        env: envVars(args.env),
        envFrom: copy(args.envFrom),
        ports: Object.entries(ports).map(([name, containerPort]) => ({ name, containerPort, protocol: "TCP" })),
        resources: args.resources,
        volumeMounts: [...args.mounts],
        ...(health === undefined ? {} : probes(health)),
        securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ["ALL"] },
            privileged: false,
            readOnlyRootFilesystem: true,
            runAsNonRoot: true,
        },
        // Shows the last lines of a crash in `pulumi up` and in `kubectl describe`.
        terminationMessagePolicy: "FallbackToLogsOnError",
    };
}

/** Pod of a Deployment or Job, within Pod Security "restricted". */
export function podSpec(args: PodArgs): types.input.core.v1.PodSpec {
    const { placement, user } = args;
    return {
        // A Service called "redis" would otherwise put REDIS_PORT=tcp://… into every pod, which Keep reads.
        enableServiceLinks: false,
        automountServiceAccountToken: args.usesToken ?? false,
        serviceAccountName: args.serviceAccount,
        imagePullSecrets: args.pullSecrets.map((name) => ({ name })),
        initContainers: copy(args.initContainers),
        containers: [...args.containers],
        volumes: [...args.volumes],
        securityContext: {
            runAsNonRoot: true,
            seccompProfile: { type: "RuntimeDefault" },
            ...(user === undefined
                ? {}
                : { runAsUser: user, runAsGroup: user, fsGroup: user, fsGroupChangePolicy: "OnRootMismatch" }),
        },
        terminationGracePeriodSeconds: args.gracePeriodSeconds,
        restartPolicy: args.restartPolicy,
        nodeSelector: { ...placement.nodeSelector },
        tolerations: [...placement.tolerations],
        affinity: placement.affinity,
        priorityClassName: placement.priorityClassName,
        topologySpreadConstraints: copy(placement.topologySpread),
    };
}

/** A directory that the pod may write to, gone with it. */
export function scratch(name: string, sizeLimit: pulumi.Input<string>): types.input.core.v1.Volume {
    return { name, emptyDir: { sizeLimit } };
}

function probes(health: Health): Pick<Container, "startupProbe" | "readinessProbe" | "livenessProbe"> {
    const ask =
        "command" in health
            ? { exec: { command: [...health.command] } }
            : { httpGet: { path: health.path, port: health.port } };
    const periodSeconds = 5;
    return {
        startupProbe: {
            ...ask,
            periodSeconds,
            failureThreshold: START_BUDGET_SECONDS / periodSeconds,
            timeoutSeconds: 5,
        },
        readinessProbe: { ...ask, periodSeconds: 10, failureThreshold: 3, timeoutSeconds: 5 },
        livenessProbe: { ...ask, periodSeconds: 20, failureThreshold: 6, timeoutSeconds: 10 },
    };
}

/** The provider's types want arrays of their own; ours are read-only. */
function copy<T>(items: readonly T[] | undefined): T[] | undefined {
    return items === undefined ? undefined : [...items];
}
