import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Scope } from "../naming";
import { sourceRanges } from "./sourceRanges";
import { type Autoscaling, createAutoscaler, type Trigger } from "./autoscaler";
import { STARTUP_SECONDS } from "./pod";
import { excludesOwnPods } from "./surge";

/** A fixed number of pods, or settings of an autoscaler. */
export interface Scaling {
    readonly replicas: number;
    readonly autoscaling?: Autoscaling;
    /** Trigger of the autoscaler in addition to CPU and memory. */
    readonly trigger?: Trigger;
    /** Whether a later deployment may add such a trigger. */
    readonly allowKedaTakeover?: boolean;
}

/** Settings of a Service. */
export interface ServiceSettings {
    readonly type: string;
    readonly annotations: Readonly<Record<string, string>>;
    readonly ipFamilyPolicy?: string;
    readonly nodePort?: number;
    readonly loadBalancerClass?: string;
    /** Protocol of the port, which some ingress controllers need. */
    readonly appProtocol?: string;
}

/** Arguments of a workload. */
export interface WorkloadArgs {
    readonly scope: Scope;
    readonly pod: k8s.types.input.core.v1.PodSpec;
    readonly scaling: Scaling;
    /** Port of the Service, and name of the container's port; undefined: no Service. */
    readonly port?: { readonly name: string; readonly number: number };
    readonly service?: ServiceSettings;
    /** Whether the old pod stops before the new one starts, for data that only one process can open. */
    readonly recreate?: boolean;
    /** Startup time of the container in seconds; default: 300. */
    readonly startupSeconds?: number;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly podAnnotations?: Readonly<Record<string, pulumi.Input<string>>>;
    readonly podLabels?: Readonly<Record<string, string>>;
    /** Resources that must exist before pods start. */
    readonly dependsOn?: pulumi.Input<pulumi.Resource>[];
}

/** In-cluster address of a component. */
export interface Endpoint {
    /** Name of the Service, which is its host name in the namespace. */
    readonly service: string;
    readonly port: number;
    /** Name of the Service's port. */
    readonly portName: string;
    /** Path of its health check, which answers 200. */
    readonly healthPath: string;
}

/**
 * Overwrites fields that something else has changed, such as `kubectl scale` or a former autoscaler. Otherwise, the API
 * server rejects the update
 * (https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/).
 */
const FORCE_CONFLICTS = { "pulumi.com/patchForce": "true" };

/**
 * The API server rejects another class of a load balancer (validateLoadBalancerClassField in pkg/apis/core/validation of
 * kubernetes/kubernetes).
 */
const CLASS_CHANGE = { replaceOnChanges: ["spec.loadBalancerClass"], deleteBeforeReplace: true };

/** Deployment, Service, HorizontalPodAutoscaler and PodDisruptionBudget of one component. */
export class Workload extends pulumi.ComponentResource {
    constructor(name: string, args: WorkloadArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:kubernetes:Workload", name, {}, opts);
        const { scope, scaling, port, service } = args;
        const child = { parent: this };
        const metadata = { name: scope.name, namespace: scope.namespace, labels: scope.labels };

        new k8s.apps.v1.Deployment(
            name,
            {
                metadata: { ...metadata, annotations: { ...FORCE_CONFLICTS, ...args.annotations } },
                spec: deploymentSpec(args),
            },
            {
                ...child,
                dependsOn: args.dependsOn,
                customTimeouts: rolloutTimeouts(args),
                // Keeps the current number of pods until a new autoscaler sets one. Otherwise, Kubernetes would scale
                // to one pod.
                ignoreChanges: scaling.autoscaling === undefined ? [] : ["spec.replicas"],
            },
        );

        if (port !== undefined) {
            new k8s.core.v1.Service(name, serviceArgs(metadata, scope, port, service), { ...child, ...CLASS_CHANGE });
        }

        if (scaling.autoscaling !== undefined) {
            createAutoscaler(name, { ...scaling, scope, autoscaling: scaling.autoscaling }, child);
        }

        if (fewestPods(scaling) > 1) {
            new k8s.policy.v1.PodDisruptionBudget(
                name,
                { metadata, spec: { maxUnavailable: 1, selector: { matchLabels: scope.selector } } },
                child,
            );
        }

        this.registerOutputs({});
    }
}

function deploymentSpec(args: WorkloadArgs): k8s.types.input.apps.v1.DeploymentSpec {
    const { scope, scaling, pod, startupSeconds = STARTUP_SECONDS } = args;
    return {
        // The autoscaler sets the number of pods. A number here would reset it in each deployment.
        replicas: scaling.autoscaling === undefined ? scaling.replicas : undefined,
        selector: { matchLabels: scope.selector },
        strategy: strategy(args),
        progressDeadlineSeconds: startupSeconds + 600,
        revisionHistoryLimit: 3,
        template: {
            metadata: { labels: { ...args.podLabels, ...scope.labels }, annotations: args.podAnnotations },
            spec: { ...pod, topologySpreadConstraints: pod.topologySpreadConstraints ?? spread(scope, scaling) },
        },
    };
}

/** Fewest pods outside a rollout. */
function fewestPods({ autoscaling, replicas }: Scaling): number {
    return autoscaling?.min ?? replicas;
}

/** An additional pod replaces each pod. If it may have no place, each pod stops first, while others serve. */
function strategy({
    recreate,
    scope,
    scaling,
    pod,
    podLabels,
}: WorkloadArgs): k8s.types.input.apps.v1.DeploymentStrategy {
    if (recreate === true) {
        return { type: "Recreate" };
    }
    const isExclusive =
        fewestPods(scaling) > 1 &&
        excludesOwnPods((pod as { affinity?: unknown }).affinity, scope, { ...podLabels, ...scope.labels });
    return {
        type: "RollingUpdate",
        rollingUpdate: isExclusive ? { maxUnavailable: 1, maxSurge: 0 } : { maxUnavailable: 0, maxSurge: 1 },
    };
}

/** Timeout of Pulumi for a Deployment: ten minutes, or more if its pods have a longer startup time. */
function rolloutTimeouts({ startupSeconds = STARTUP_SECONDS }: WorkloadArgs): pulumi.CustomTimeouts | undefined {
    const timeout = `${startupSeconds + 600}s`;
    return startupSeconds <= STARTUP_SECONDS ? undefined : { create: timeout, update: timeout };
}

/**
 * Over zones and nodes if possible; a pod never waits for it. Pods of other revisions do not count: otherwise all pods can be on one
 * node after a rolling update (https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/).
 */
function spread(scope: Scope, scaling: Scaling): k8s.types.input.core.v1.TopologySpreadConstraint[] | undefined {
    if ((scaling.autoscaling?.max ?? scaling.replicas) < 2) {
        return undefined;
    }
    return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
        topologyKey,
        maxSkew: 1,
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: scope.selector },
        matchLabelKeys: ["pod-template-hash"],
    }));
}

function serviceArgs(
    metadata: k8s.types.input.meta.v1.ObjectMeta,
    scope: Scope,
    port: { readonly name: string; readonly number: number },
    service: ServiceSettings = { type: "ClusterIP", annotations: {} },
): k8s.core.v1.ServiceArgs {
    // Pulumi already waits for the Deployment's pods, so it only needs to wait for the address of a load balancer.
    const skipAwait: Record<string, string> = service.type === "LoadBalancer" ? {} : { "pulumi.com/skipAwait": "true" };
    return {
        metadata: { ...metadata, annotations: { ...skipAwait, ...service.annotations } },
        spec: {
            type: service.type,
            ipFamilyPolicy: service.ipFamilyPolicy,
            loadBalancerClass: service.loadBalancerClass,
            loadBalancerSourceRanges: sourceRanges(service.annotations),
            selector: scope.selector,
            ports: [
                {
                    name: port.name,
                    port: port.number,
                    targetPort: port.name,
                    nodePort: service.nodePort,
                    protocol: "TCP",
                    appProtocol: service.appProtocol,
                },
            ],
        },
    };
}
