import type { Release } from "../../../components/naming";
import type { KeepConfig } from "../../../components/settings/resolve";
import type { Manifest } from "../../preview/manifests";

/** An object of the cluster, with the fields that checks use. */
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

/** The API server of a cluster. Each method can throw `MissingRight`. */
export interface Cluster {
    /** Version of the API server, such as `v1.36.0`. */
    version(): Promise<string>;
    /** Whether it has a kind. */
    serves(apiVersion: string, kind: string): Promise<boolean>;
    /** An object; undefined if it does not exist. */
    get(apiVersion: string, kind: string, name: string, namespace?: string): Promise<ClusterObject | undefined>;
    /** All objects of a kind, in one namespace or in all. */
    list(apiVersion: string, kind: string, namespace?: string): Promise<readonly ClusterObject[]>;
    /** Why it would reject an object, by a dry run; undefined: it would accept it. */
    rejection(object: ClusterObject): Promise<string | undefined>;
    /** Creates an object, and returns the created object. */
    create(object: ClusterObject): Promise<ClusterObject>;
    /** Deletes an object, without a grace period. */
    delete(apiVersion: string, kind: string, name: string, namespace: string): Promise<void>;
}

/** A problem of a cluster, and the next command to run. */
export interface Finding {
    readonly problem: string;
    readonly next: string;
}

/** The result of a check. */
export interface Result {
    /** Message if the check passes. */
    readonly passed: string;
    readonly failed?: readonly Finding[];
    /** Why the check was skipped. */
    readonly skipped?: string;
}

/** A stack and its cluster. */
export interface Subject {
    readonly cluster: Cluster;
    readonly release: Release;
    readonly config: KeepConfig;
    /** The objects that the stack creates. */
    readonly manifests: readonly Manifest[];
    /** Options for checks that run pods; undefined: skip these checks. */
    readonly pods?: PodRuns;
}

/** Options for checks that run pods. */
export interface PodRuns {
    /** The objects that the stack creates, with secrets in plain text, which the pods need. */
    readonly manifests: readonly Manifest[];
    /** Timeout of a pod, in seconds. */
    readonly timeout: number;
    /** Seconds between two requests for its status. */
    readonly interval: number;
}

/** A check of a cluster. */
export type Check = (subject: Subject) => Promise<Result>;

/** The user of the kubeconfig lacks a right. */
export class MissingRight extends Error {
    constructor(verb: string, kind: string, namespace?: string) {
        super(`needs the right to ${verb} ${kind}${namespace === undefined ? "" : ` in namespace ${namespace}`}`);
    }
}

/** The API server rejects the pod of a check, because of a quota, Pod Security or another admission controller. */
export class RejectedPod extends Error {
    constructor(
        reason: string,
        readonly namespace: string,
    ) {
        super(`the API server rejects the pod of this check: ${reason}`);
    }
}
