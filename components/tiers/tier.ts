import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { Context } from "../context";
import { type ImageName, type ImagesConfig, imageOf } from "../fields/images";
import type { ServiceNeeds } from "../ingress/kind";
import type { Env } from "../kubernetes/env";
import { type Account, container, type Health, podSpec, type Resources, scratch } from "../kubernetes/pod";
import type { Scaling, WorkloadArgs } from "../kubernetes/workload";
import { type Release, type Scope, scopeOf } from "../naming";
import { withLostNode } from "./lostNode";
import type { TierConfig } from "./settings";

/** The tier's settings, and what every tier depends on. */
export interface TierArgs<C extends TierConfig = TierConfig> extends Context<C> {
    /** What must exist before the first pod starts. */
    readonly dependsOn: pulumi.Resource[];
    /** What the ingress requires of the Service; the stack's own annotations take precedence. */
    readonly serviceNeeds?: ServiceNeeds;
    /** Changes when a secret changes that the pods read when they start. */
    readonly fingerprint: pulumi.Input<string>;
}

/** What distinguishes a tier from the others; its settings decide the rest. */
export interface TierSpec {
    readonly component: string;
    readonly image: ImageName;
    readonly command?: readonly string[];
    readonly args?: readonly string[];
    readonly env: Env;
    readonly port: { readonly name: string; readonly number: number };
    /** Further container ports, by name. */
    readonly morePorts?: Readonly<Record<string, number>>;
    /** Answers 200 while the process accepts requests. */
    readonly healthPath: string;
    /** Answers 200 while the process is alive; the health path unless given. */
    readonly alivePath?: string;
    readonly resources: Resources;
    /** What the process writes to its node, in operation. */
    readonly ephemeralStorage?: string;
    readonly user: number;
    /** Directories that the process writes to, each with its size limit. */
    readonly scratch: Readonly<Record<string, { readonly path: string; readonly size: string }>>;
    readonly gracePeriodSeconds: number;
    readonly account?: Account;
    /** Volumes of ours beside the scratch directories, each with its mount in the main container, if it has one there. */
    readonly volumes?: readonly {
        readonly volume: types.input.core.v1.Volume;
        readonly mount?: types.input.core.v1.VolumeMount;
    }[];
    readonly initContainers?: readonly types.input.core.v1.Container[];
    readonly sidecars?: readonly types.input.core.v1.Container[];
    readonly recreate?: boolean;
    /** What the autoscaler measures beside the tier's settings. */
    readonly scaling?: Pick<Scaling, "trigger" | "allowKedaTakeover">;
    /** False for a tier without a Service. */
    readonly hasService?: boolean;
}

/** Seconds in which the ingress controller stops sending requests to a stopping pod. */
const DRAIN_SECONDS = 5;

/** Deployment, Service and autoscaler of a tier: what the tier needs, with what its settings add. */
export function tierWorkload(args: TierArgs, spec: TierSpec): WorkloadArgs {
    const { config, release } = args;
    const scope = scopeOf(release, spec.component);
    return {
        scope,
        pod: tierPod(args, spec, scope),
        scaling: { ...spec.scaling, replicas: config.replicas, autoscaling: config.autoscaling },
        port: spec.hasService === false ? undefined : spec.port,
        service: {
            ...config.service,
            annotations: { ...args.serviceNeeds?.annotations, ...config.service.annotations },
            appProtocol: args.serviceNeeds?.appProtocol,
        },
        recreate: spec.recreate,
        startupSeconds: config.startupSeconds,
        annotations: config.annotations,
        podAnnotations: { ...config.podAnnotations, "keep.pulumi/secrets": args.fingerprint },
        podLabels: config.podLabels,
        dependsOn: args.dependsOn,
    };
}

function tierPod(args: TierArgs, spec: TierSpec, scope: Scope): types.input.core.v1.PodSpec {
    const { config, images } = args;
    const own = spec.volumes ?? [];
    const volumes = [
        ...Object.entries(spec.scratch).map(([name, { size }]) => scratch(name, size)),
        ...own.map(({ volume }) => volume),
        ...config.volumes,
    ];
    const hasClaim = volumes.some(({ persistentVolumeClaim }) => persistentVolumeClaim !== undefined);
    return podSpec({
        initContainers: [...config.initContainers, ...(spec.initContainers ?? [])],
        containers: [
            { ...tierContainer(args, spec, scope), lifecycle: { preStop: { sleep: { seconds: DRAIN_SECONDS } } } },
            ...(spec.sidecars ?? []),
            ...config.sidecars,
        ],
        volumes,
        user: args.fixedUser ? spec.user : undefined,
        pullSecrets: images.pullSecrets,
        account: spec.account,
        gracePeriodSeconds: spec.gracePeriodSeconds + DRAIN_SECONDS,
        // A volume would not follow its pod at once: such a pod waits for its node as long as Kubernetes lets it by default.
        placement: hasClaim ? config : { ...config, tolerations: withLostNode(config.tolerations) },
    });
}

function tierContainer(
    { config, images, release }: TierArgs,
    spec: TierSpec,
    scope: Scope,
): types.input.core.v1.Container {
    const health: Health = {
        path: spec.healthPath,
        alivePath: spec.alivePath,
        port: spec.port.name,
        startupSeconds: config.startupSeconds,
    };
    return container({
        name: scope.selector["app.kubernetes.io/component"] ?? scope.name,
        image: tierImage(config, images, spec.image, release),
        pullPolicy: images.pullPolicy,
        command: config.command ?? spec.command,
        args: config.args ?? spec.args,
        env: { ...spec.env, ...config.env },
        envFrom: envFrom(config),
        ports: { [spec.port.name]: spec.port.number, ...spec.morePorts },
        health,
        resources: config.resources ?? spec.resources,
        ephemeralStorage: spec.ephemeralStorage,
        mounts: [
            ...Object.entries(spec.scratch).map(([name, { path }]) => ({ name, mountPath: path })),
            ...(spec.volumes ?? []).flatMap(({ mount }) => (mount === undefined ? [] : [mount])),
            ...config.volumeMounts,
        ],
    });
}

/** Image of a tier: its own, or the one in `keep:images`. */
export function tierImage(
    { image }: Pick<TierConfig, "image">,
    images: ImagesConfig,
    name: ImageName,
    release: Release,
): string {
    return image ?? imageOf(images, name, release.version);
}

/** Secrets and ConfigMaps whose every key is an environment variable, in the form of Kubernetes. */
export function envFrom(config: Pick<TierConfig, "envFrom">): types.input.core.v1.EnvFromSource[] {
    return config.envFrom.map(({ secret, configMap, prefix, optional }) => ({
        prefix,
        ...(secret === undefined ? {} : { secretRef: { name: secret, optional } }),
        ...(configMap === undefined ? {} : { configMapRef: { name: configMap, optional } }),
    }));
}
