import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Scope } from "../naming";
import { type Autoscaling, createAutoscaler, type Trigger } from "./autoscaler";
import { STARTUP_SECONDS } from "./pod";

/** How many pods: a fixed number, or what an autoscaler decides. */
export interface Scaling {
    readonly replicas: number;
    readonly autoscaling?: Autoscaling;
    /** What the autoscaler measures beside CPU and memory. */
    readonly trigger?: Trigger;
    /** Whether there may be such a trigger after the next deployment. */
    readonly allowKedaTakeover?: boolean;
}

/** How a Service is reached. */
export interface ServiceSettings {
    readonly type: string;
    readonly annotations: Readonly<Record<string, string>>;
    readonly ipFamilyPolicy?: string;
    readonly nodePort?: number;
    readonly loadBalancerClass?: string;
    /** Protocol of the port, for ingress controllers that need it. */
    readonly appProtocol?: string;
}

/** A Deployment of one component, and what belongs to it. */
export interface WorkloadArgs {
    readonly scope: Scope;
    readonly pod: k8s.types.input.core.v1.PodSpec;
    readonly scaling: Scaling;
    /** Port of the Service, and the name of the container's port behind it. Undefined: no Service. */
    readonly port?: { readonly name: string; readonly number: number };
    readonly service?: ServiceSettings;
    /** Stops the old pod before the new one starts: for data that only one process may open. */
    readonly recreate?: boolean;
    /** How long a container may take to start; default: 300. */
    readonly startupSeconds?: number;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly podAnnotations?: Readonly<Record<string, pulumi.Input<string>>>;
    readonly podLabels?: Readonly<Record<string, string>>;
    /** What must exist before the first pod starts. */
    readonly dependsOn?: pulumi.Input<pulumi.Resource>[];
}

/** In-cluster address of a component. */
export interface Endpoint {
    /** Name of the Service, and its host name inside the namespace. */
    readonly service: string;
    readonly port: number;
    /** Name of the Service's port. */
    readonly portName: string;
    /** Path of its health check, which answers 200. */
    readonly healthPath: string;
}

/**
 * Overwrites fields that somebody else changed since, such as `kubectl scale` or an autoscaler that was removed. The API server rejects
 * the update otherwise
 * (https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/).
 */
const FORCE_CONFLICTS = { "pulumi.com/patchForce": "true" };

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
                // Until a new autoscaler has decided on a number, the current one stays. Kubernetes would scale to one pod otherwise.
                ignoreChanges: scaling.autoscaling === undefined ? [] : ["spec.replicas"],
            },
        );

        if (port !== undefined) {
            new k8s.core.v1.Service(name, serviceArgs(metadata, scope, port, service), child);
        }

        if (scaling.autoscaling !== undefined) {
            createAutoscaler(name, { ...scaling, scope, autoscaling: scaling.autoscaling }, child);
        }

        if ((scaling.autoscaling?.min ?? scaling.replicas) > 1) {
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
        // The autoscaler owns the number: one here would reset it at every deployment.
        replicas: scaling.autoscaling === undefined ? scaling.replicas : undefined,
        selector: { matchLabels: scope.selector },
        strategy:
            args.recreate === true
                ? { type: "Recreate" }
                : { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
        progressDeadlineSeconds: startupSeconds + 600,
        revisionHistoryLimit: 3,
        template: {
            metadata: { labels: { ...args.podLabels, ...scope.labels }, annotations: args.podAnnotations },
            spec: { ...pod, topologySpreadConstraints: pod.topologySpreadConstraints ?? spread(scope, scaling) },
        },
    };
}

/** Pulumi waits ten minutes for a Deployment, unless its pods may take longer to start. */
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
    // Pulumi waits for the Deployment's pods already; only a load balancer has an address to wait for.
    const skipAwait: Record<string, string> = service.type === "LoadBalancer" ? {} : { "pulumi.com/skipAwait": "true" };
    return {
        metadata: { ...metadata, annotations: { ...skipAwait, ...service.annotations } },
        spec: {
            type: service.type,
            ipFamilyPolicy: service.ipFamilyPolicy,
            loadBalancerClass: service.loadBalancerClass,
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
