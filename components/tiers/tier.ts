import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { Context } from "../context";
import { type ImageName, type ImagesConfig, imageOf } from "../fields/images";
import type { ServiceNeeds } from "../ingress/kind";
import type { Env } from "../kubernetes/env";
import { type Account, container, type Health, podSpec, type Resources, scratch } from "../kubernetes/pod";
import type { Scaling, WorkloadArgs } from "../kubernetes/workload";
import { componentOf, type Release, type Scope, scopeOf } from "../naming";
import { withLostNode } from "./lostNode";
import type { TierConfig } from "./settings";

/** Arguments of a tier. */
export interface TierArgs<C extends TierConfig = TierConfig> extends Context<C> {
    /** Resources that must exist before pods start. */
    readonly dependsOn: pulumi.Resource[];
    /** Annotations and protocol that ingresses need on the Service. The user's annotations take precedence. */
    readonly serviceNeeds?: ServiceNeeds;
    /** Hash of the secrets that pods read when they start. */
    readonly fingerprint: pulumi.Input<string>;
}

/** Properties of a tier other than its settings. */
export interface TierSpec {
    readonly component: string;
    readonly image: ImageName;
    readonly command?: readonly string[];
    readonly args?: readonly string[];
    readonly env: Env;
    readonly port: { readonly name: string; readonly number: number };
    /** Additional container ports, by name. */
    readonly morePorts?: Readonly<Record<string, number>>;
    /** Path that answers 200 if the process accepts requests. */
    readonly healthPath: string;
    /** Path that answers 200 if the process is alive; default: the health path. */
    readonly alivePath?: string;
    readonly resources: Resources;
    /** Ephemeral storage that the process uses in operation. */
    readonly ephemeralStorage?: string;
    readonly user: number;
    /** Writable directories, each with its size limit. */
    readonly scratch: Readonly<Record<string, { readonly path: string; readonly size: string }>>;
    readonly gracePeriodSeconds: number;
    readonly account?: Account;
    /** Other volumes, each with its mount in the main container, if it has one. */
    readonly volumes?: readonly {
        readonly volume: types.input.core.v1.Volume;
        readonly mount?: types.input.core.v1.VolumeMount;
    }[];
    readonly initContainers?: readonly types.input.core.v1.Container[];
    readonly sidecars?: readonly types.input.core.v1.Container[];
    readonly recreate?: boolean;
    /** Trigger of the autoscaler in addition to the tier's settings. */
    readonly scaling?: Pick<Scaling, "trigger" | "allowKedaTakeover">;
    /** Whether the tier has a Service; default: true. */
    readonly hasService?: boolean;
}

/** Seconds until the ingress controller stops sending requests to a stopping pod. */
const DRAIN_SECONDS = 5;

/** Arguments of a tier's workload, from the tier's properties and settings. */
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
        placement: {
            ...config,
            // Without a selector, Kubernetes counts no pods.
            topologySpread: config.topologySpread?.map(({ labelSelector, ...rule }) => ({
                ...rule,
                labelSelector: labelSelector ?? { matchLabels: scope.selector },
            })),
            // Not for pods with a volume, because Kubernetes does not detach the volume of a lost node immediately.
            tolerations: hasClaim ? config.tolerations : withLostNode(config.tolerations),
        },
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
        name: componentOf(scope),
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

/** Image of a tier: its setting `image`, or that in `keep:images`. */
export function tierImage(
    { image }: Pick<TierConfig, "image">,
    images: ImagesConfig,
    name: ImageName,
    release: Release,
): string {
    return image ?? imageOf(images, name, release.version);
}

/** Secrets and ConfigMaps whose keys are all environment variables, in the format of Kubernetes. */
export function envFrom(config: Pick<TierConfig, "envFrom">): types.input.core.v1.EnvFromSource[] {
    return config.envFrom.map(({ secret, configMap, prefix, optional }) => ({
        prefix,
        ...(secret === undefined ? {} : { secretRef: { name: secret, optional } }),
        ...(configMap === undefined ? {} : { configMapRef: { name: configMap, optional } }),
    }));
}
