import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Scope } from "../naming";
import { type Autoscaling, createAutoscaler, type Trigger } from "./autoscaler";

/** How many pods: a fixed number, or what an autoscaler decides. */
export interface Scaling {
    readonly replicas: number;
    readonly autoscaling?: Autoscaling;
    /** What the autoscaler measures beside CPU and memory. */
    readonly trigger?: Trigger;
    /** Whether there may be such a trigger at another time. */
    readonly yieldsToKeda?: boolean;
}

/** How a Service is reached. */
export interface ServiceSettings {
    readonly type: string;
    readonly annotations: Readonly<Record<string, string>>;
    readonly ipFamilyPolicy?: string;
    /** Protocol of the port, for edges that must be told of it. */
    readonly appProtocol?: string;
}

/** What a long-running part of Keep is made from. */
export interface WorkloadArgs {
    readonly scope: Scope;
    readonly pod: k8s.types.input.core.v1.PodSpec;
    readonly scaling: Scaling;
    /** Port of the Service, and the name of the container's port behind it. Undefined: nobody calls this part. */
    readonly port?: { readonly name: string; readonly number: number };
    readonly service?: ServiceSettings;
    /** Stops the old pod before the new one starts: for what only one process may hold. */
    readonly recreate?: boolean;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly podAnnotations?: Readonly<Record<string, pulumi.Input<string>>>;
    readonly podLabels?: Readonly<Record<string, string>>;
    /** What must be finished before the first pod starts. */
    readonly dependsOn?: pulumi.Input<pulumi.Resource>[];
}

/** In-cluster address of a part. */
export interface Endpoint {
    /** Name of the Service, and its host name inside the namespace. */
    readonly service: string;
    readonly port: number;
    /** Name of the Service's port. */
    readonly portName: string;
    /** Path that answers 200 when the part is well. */
    readonly healthPath: string;
}

/**
 * Lets the stack file win over whoever changed a Deployment since, such as `kubectl scale` or an autoscaler that is no longer
 * wanted; the API server would refuse the update otherwise
 * (https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/).
 */
const TAKE_BACK = { "pulumi.com/patchForce": "true" };

/** Deployment, Service, HorizontalPodAutoscaler and PodDisruptionBudget of one part of Keep. */
export class Workload extends pulumi.ComponentResource {
    constructor(name: string, args: WorkloadArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:kubernetes:Workload", name, {}, opts);
        const { scope, scaling, port, service } = args;
        const child = { parent: this };
        const metadata = { name: scope.name, namespace: scope.namespace, labels: scope.labels };

        new k8s.apps.v1.Deployment(
            name,
            {
                metadata: { ...metadata, annotations: { ...TAKE_BACK, ...args.annotations } },
                spec: deploymentSpec(args),
            },
            {
                ...child,
                dependsOn: args.dependsOn,
                // Keeps the number that was there when an autoscaler takes over, until it has decided on one: without
                // this Kubernetes would go down to one pod.
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
    const { scope, scaling, pod } = args;
    return {
        // The autoscaler owns the number once it is there; a number here would reset it at every deployment.
        replicas: scaling.autoscaling === undefined ? scaling.replicas : undefined,
        selector: { matchLabels: scope.selector },
        strategy:
            args.recreate === true
                ? { type: "Recreate" }
                : { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
        progressDeadlineSeconds: 900,
        revisionHistoryLimit: 3,
        template: {
            metadata: { labels: { ...args.podLabels, ...scope.labels }, annotations: args.podAnnotations },
            spec: { ...pod, topologySpreadConstraints: pod.topologySpreadConstraints ?? spread(scope, scaling) },
        },
    };
}

/** Over zones and nodes where that can be had; a pod never waits for it. */
function spread(scope: Scope, scaling: Scaling): k8s.types.input.core.v1.TopologySpreadConstraint[] | undefined {
    if ((scaling.autoscaling?.max ?? scaling.replicas) < 2) {
        return undefined;
    }
    return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
        topologyKey,
        maxSkew: 1,
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: scope.selector },
    }));
}

function serviceArgs(
    metadata: k8s.types.input.meta.v1.ObjectMeta,
    scope: Scope,
    port: { readonly name: string; readonly number: number },
    service: ServiceSettings = { type: "ClusterIP", annotations: {} },
): k8s.core.v1.ServiceArgs {
    // The Deployment's own wait already proves that pods are ready; only a load balancer has an address to wait for.
    const skipAwait: Record<string, string> = service.type === "LoadBalancer" ? {} : { "pulumi.com/skipAwait": "true" };
    return {
        metadata: { ...metadata, annotations: { ...skipAwait, ...service.annotations } },
        spec: {
            type: service.type,
            ipFamilyPolicy: service.ipFamilyPolicy,
            selector: scope.selector,
            ports: [
                {
                    name: port.name,
                    port: port.number,
                    targetPort: port.name,
                    protocol: "TCP",
                    appProtocol: service.appProtocol,
                },
            ],
        },
    };
}
