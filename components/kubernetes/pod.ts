import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import { type Env, envVars } from "./env";

type Container = types.input.core.v1.Container;

/**
 * Health checks of a container. Over HTTP: a path that answers 200 if the process accepts requests, and optionally one
 * that answers if it is alive. By a command that succeeds if the server answers: its liveness probe then only connects
 * to the port, so that a busy or recovering server is not restarted.
 */
export type Health = {
    readonly port: string;
    /** Seconds after which Kubernetes restarts a container that has not started; default: 300. */
    readonly startupSeconds?: number;
} & ({ readonly path: string; readonly alivePath?: string } | { readonly command: readonly string[] });

/** Requests and limits of a container, by resource, as Kubernetes quantities. */
export interface Resources {
    readonly requests?: Readonly<Record<string, string>>;
    readonly limits?: Readonly<Record<string, string>>;
}

/** Arguments of a container. */
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
    /** Ephemeral storage that it uses in operation; default: 128Mi. */
    readonly ephemeralStorage?: string;
    readonly pullPolicy: string;
    readonly mounts: readonly types.input.core.v1.VolumeMount[];
}

/** Arguments of a pod. */
export interface PodArgs {
    readonly containers: readonly Container[];
    readonly initContainers?: readonly Container[];
    readonly volumes: readonly types.input.core.v1.Volume[];
    /**
     * User ID of all containers, and group ID of their processes and volumes. Undefined on OpenShift, which assigns
     * them.
     */
    readonly user: number | undefined;
    /** Whether the group of files in volumes is not changed. By default, Kubernetes gives the group write access. */
    readonly keepFileOwners?: boolean;
    readonly pullSecrets: readonly string[];
    /** Default: the namespace's `default`, without a token. */
    readonly account?: Account;
    /** Termination grace period, in seconds. */
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

/** Placement and DNS settings of pods. */
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
 * User ID for images whose files all users can read, and that only write to mounted directories: Keep's
 * (docker/Dockerfile.api and Dockerfile.ui support OpenShift's arbitrary users) and Valkey's. It is above 10000, so
 * that no user of the node has it (https://kubernetes.io/docs/concepts/security/application-security-checklist/). Its
 * group has the same ID, and not 0 as on OpenShift, which is root's group.
 */
export const ARBITRARY_USER = 10001;

/**
 * Ephemeral storage of a container: logs and scratch directories. The directories count towards the sum of the pod's
 * containers (https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#local-ephemeral-storage).
 * The request is the amount that the container uses in operation, because GKE Autopilot sets the limit to the request.
 */
const EPHEMERAL_STORAGE = { request: "128Mi", limit: "4Gi" };

/** Default startup time of a container, in seconds. On a slow node, Keep's imports take a minute. */
export const STARTUP_SECONDS = 300;

/** A container that complies with Pod Security "restricted", with a read-only root file system. */
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

/** Pod of a Deployment or Job that complies with Pod Security "restricted". */
export function podSpec(args: PodArgs): types.input.core.v1.PodSpec {
    const { placement, user } = args;
    return {
        // Otherwise, a Service named "redis" would set REDIS_PORT=tcp://… in all pods, which Keep reads.
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

/** A writable directory that is deleted with the pod. */
export function scratch(name: string, sizeLimit: pulumi.Input<string>): types.input.core.v1.Volume {
    return { name, emptyDir: { sizeLimit } };
}

/**
 * Merges resources. If a user sets only a request or a limit, the other is set too, because the API server rejects a
 * request above its limit.
 */
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
