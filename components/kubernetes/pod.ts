import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import { type Env, envVars } from "./env";

type Container = types.input.core.v1.Container;

/**
 * Health checks of a container. Over HTTP: a path that answers 200 while the process accepts requests, and one that answers while it is
 * alive, if there is one. By a command, which succeeds while the server answers: the server is then alive while its port accepts
 * connections, so that a busy or recovering server is not restarted.
 */
export type Health = {
    readonly port: string;
    /** How long the container may take to start, before Kubernetes restarts it; default: 300. */
    readonly startupSeconds?: number;
} & ({ readonly path: string; readonly alivePath?: string } | { readonly command: readonly string[] });

/** Requests and limits of a container, by resource, as Kubernetes quantities. */
export interface Resources {
    readonly requests?: Readonly<Record<string, string>>;
    readonly limits?: Readonly<Record<string, string>>;
}

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
    readonly resources: Resources;
    /** What it writes to its node, in operation; default: 128Mi. */
    readonly ephemeralStorage?: string;
    readonly pullPolicy: string;
    readonly mounts: readonly types.input.core.v1.VolumeMount[];
}

/** A pod: its containers, and what they share. */
export interface PodArgs {
    readonly containers: readonly Container[];
    readonly initContainers?: readonly Container[];
    readonly volumes: readonly types.input.core.v1.Volume[];
    /** User id of every container, and group id of its process and volumes. Undefined on OpenShift, which assigns them. */
    readonly user: number | undefined;
    /** Leaves the files in volumes to their owners. Otherwise Kubernetes gives them to the group, which may then write to them. */
    readonly keepFileOwners?: boolean;
    readonly pullSecrets: readonly string[];
    /** Default: the namespace's `default`, without a token. */
    readonly account?: Account;
    /** Seconds that a stopping pod may take. */
    readonly gracePeriodSeconds: number;
    readonly placement: Placement;
    readonly restartPolicy?: "OnFailure" | "Never";
}

/** The ServiceAccount of a pod. */
export interface Account {
    readonly name: string;
    /** Whether its token is mounted. */
    readonly usesToken: boolean;
}

/** Where pods run, and how they resolve names. */
export interface Placement {
    readonly nodeSelector: Readonly<Record<string, string>>;
    readonly tolerations: readonly types.input.core.v1.Toleration[];
    readonly affinity?: types.input.core.v1.Affinity;
    readonly priorityClassName?: string;
    readonly dnsConfig?: types.input.core.v1.PodDNSConfig;
    readonly hostAliases?: readonly types.input.core.v1.HostAlias[];
    readonly topologySpread?: readonly types.input.core.v1.TopologySpreadConstraint[];
}

/**
 * User for images whose files anybody may read and which write to mounted directories only, such as Keep's (docker/Dockerfile.api
 * and Dockerfile.ui prepare them for OpenShift's arbitrary users) and Valkey's. Above 10000, so that it is no
 * account of the node's (https://kubernetes.io/docs/concepts/security/application-security-checklist/); its group is its own,
 * since group 0, which OpenShift gives, would be root's.
 */
export const ARBITRARY_USER = 10001;

/**
 * What a container may write to its node: logs, and its pod's scratch directories, which count towards the sum over the pod's
 * containers (https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#local-ephemeral-storage). The request is
 * what it writes in operation, since GKE Autopilot lowers the limit to it.
 */
const EPHEMERAL_STORAGE = { request: "128Mi", limit: "4Gi" };

/** Seconds that a container may take to start, unless its health check says otherwise: Keep's imports take a minute on a slow node. */
export const STARTUP_SECONDS = 300;

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
        resources: withEphemeralStorage(args),
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
        automountServiceAccountToken: args.account?.usesToken ?? false,
        serviceAccountName: args.account?.name,
        imagePullSecrets: args.pullSecrets.map((name) => ({ name })),
        initContainers: copy(args.initContainers),
        containers: [...args.containers],
        volumes: [...args.volumes],
        securityContext: {
            runAsNonRoot: true,
            seccompProfile: { type: "RuntimeDefault" },
            ...(user === undefined ? {} : { runAsUser: user, runAsGroup: user }),
            ...(user === undefined || args.keepFileOwners === true
                ? {}
                : { fsGroup: user, fsGroupChangePolicy: "OnRootMismatch" }),
        },
        terminationGracePeriodSeconds: args.gracePeriodSeconds,
        restartPolicy: args.restartPolicy,
        nodeSelector: { ...placement.nodeSelector },
        tolerations: [...placement.tolerations],
        affinity: placement.affinity,
        priorityClassName: placement.priorityClassName,
        dnsConfig: placement.dnsConfig,
        hostAliases: copy(placement.hostAliases),
        topologySpreadConstraints: copy(placement.topologySpread),
    };
}

/** A directory that the pod may write to, and that is deleted with it. */
export function scratch(name: string, sizeLimit: pulumi.Input<string>): types.input.core.v1.Volume {
    return { name, emptyDir: { sizeLimit } };
}

/** The API server rejects a request above its limit: a stack that sets one of the two sets both. */
function withEphemeralStorage({ resources: { requests, limits }, ephemeralStorage }: ContainerArgs): Resources {
    const name = "ephemeral-storage";
    return requests?.[name] !== undefined || limits?.[name] !== undefined
        ? { requests, limits }
        : {
              requests: { ...requests, [name]: ephemeralStorage ?? EPHEMERAL_STORAGE.request },
              limits: { ...limits, [name]: EPHEMERAL_STORAGE.limit },
          };
}

function probes(health: Health): Pick<Container, "startupProbe" | "readinessProbe" | "livenessProbe"> {
    const { port } = health;
    const [ready, alive] =
        "command" in health
            ? [{ exec: { command: [...health.command] } }, { tcpSocket: { port } }]
            : [{ httpGet: { path: health.path, port } }, { httpGet: { path: health.alivePath ?? health.path, port } }];
    const periodSeconds = 5;
    return {
        startupProbe: {
            ...alive,
            periodSeconds,
            failureThreshold: Math.ceil((health.startupSeconds ?? STARTUP_SECONDS) / periodSeconds),
            timeoutSeconds: 5,
        },
        readinessProbe: { ...ready, periodSeconds: 10, failureThreshold: 3, timeoutSeconds: 5 },
        livenessProbe: { ...alive, periodSeconds: 20, failureThreshold: 6, timeoutSeconds: 10 },
    };
}

/** The provider's types take mutable arrays; ours are read-only. */
function copy<T>(items: readonly T[] | undefined): T[] | undefined {
    return items === undefined ? undefined : [...items];
}
