import type { Release } from "../../../components/naming";
import type { KeepConfig } from "../../../components/settings/resolve";
import type { Manifest } from "../../preview/manifests";

/** An object of the cluster, as far as checks look into it. */
export interface ClusterObject {
    readonly metadata?: {
        readonly name?: string;
        readonly namespace?: string;
        readonly uid?: string;
        readonly labels?: Readonly<Record<string, string>>;
        readonly annotations?: Readonly<Record<string, string>>;
    };
    readonly [field: string]: unknown;
}

/** What checks ask a cluster. Each call may throw `MissingRight`. */
export interface Cluster {
    /** Version of the API server, such as `v1.36.0`. */
    version(): Promise<string>;
    /** Whether it knows a kind. */
    serves(apiVersion: string, kind: string): Promise<boolean>;
    /** An object; undefined where there is none. */
    get(apiVersion: string, kind: string, name: string, namespace?: string): Promise<ClusterObject | undefined>;
    /** All objects of a kind, in a namespace if one is given. */
    list(apiVersion: string, kind: string, namespace?: string): Promise<readonly ClusterObject[]>;
    /** Why it would reject an object, asked by a dry run; undefined where it would not. */
    rejection(object: ClusterObject): Promise<string | undefined>;
    /** Creates an object, and returns it as the API server has it. */
    create(object: ClusterObject): Promise<ClusterObject>;
    /** Deletes an object at once. */
    delete(apiVersion: string, kind: string, name: string, namespace: string): Promise<void>;
}

/** Something that a cluster lacks, and the command to type next. */
export interface Finding {
    readonly problem: string;
    readonly next: string;
}

/** What a check found. */
export interface Result {
    /** What is fine. */
    readonly passed: string;
    readonly failed?: readonly Finding[];
    /** Why nothing was asked. */
    readonly skipped?: string;
}

/** A stack, and the cluster that it is meant for. */
export interface Subject {
    readonly cluster: Cluster;
    readonly release: Release;
    readonly config: KeepConfig;
    /** What the stack creates. */
    readonly manifests: readonly Manifest[];
    /** How checks may run pods; undefined where they may not. */
    readonly pods?: PodRuns;
}

/** How checks run pods of their own. */
export interface PodRuns {
    /** What the stack creates, with its secrets in plain: a pod of a check needs them. */
    readonly manifests: readonly Manifest[];
    /** Seconds that a pod may take to answer. */
    readonly patience: number;
    /** Seconds between two looks at it. */
    readonly interval: number;
}

/** One question to a cluster. */
export type Check = (subject: Subject) => Promise<Result>;

/** A right that the kubeconfig's user does not have. */
export class MissingRight extends Error {
    constructor(verb: string, kind: string, namespace?: string) {
        super(`needs the right to ${verb} ${kind}${namespace === undefined ? "" : ` in namespace ${namespace}`}`);
    }
}

/** A pod of a check that the API server does not take: a quota, Pod Security or another admission rejects it. */
export class RejectedPod extends Error {
    constructor(
        reason: string,
        readonly namespace: string,
    ) {
        super(`the API server rejects the pod of this check: ${reason}`);
    }
}
