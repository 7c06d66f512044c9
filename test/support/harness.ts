import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { RecordedResource } from "../../tools/inProcess/recordedResource";
import { type ProgramOptions, type ProgramRun, runProgram } from "../../tools/inProcess/runProgram";

/** Kinds whose inputs tests look into, each with the shape that Kubernetes gives it. */
export interface Kinds {
    ConfigMap: types.output.core.v1.ConfigMap;
    CronJob: types.output.batch.v1.CronJob;
    Deployment: types.output.apps.v1.Deployment;
    HorizontalPodAutoscaler: types.output.autoscaling.v2.HorizontalPodAutoscaler;
    Ingress: types.output.networking.v1.Ingress;
    Job: types.output.batch.v1.Job;
    Namespace: types.output.core.v1.Namespace;
    NetworkPolicy: types.output.networking.v1.NetworkPolicy;
    PersistentVolume: types.output.core.v1.PersistentVolume;
    PersistentVolumeClaim: types.output.core.v1.PersistentVolumeClaim;
    PodDisruptionBudget: types.output.policy.v1.PodDisruptionBudget;
    Role: types.output.rbac.v1.Role;
    RoleBinding: types.output.rbac.v1.RoleBinding;
    Secret: types.output.core.v1.Secret;
    Service: types.output.core.v1.Service;
    ServiceAccount: types.output.core.v1.ServiceAccount;
}

/** A recorded resource whose inputs have a known shape; a field that was not given is undefined all the same. */
export type Recorded<Inputs> = Omit<RecordedResource, "inputs"> & { readonly inputs: Inputs };

/** What a kind's inputs look like: its Kubernetes shape, or any record for other types (`RandomPassword`, `Backend`). */
export type InputsOf<Kind extends string> = Kind extends keyof Kinds ? Kinds[Kind] : Record<string, unknown>;

/** What `deploy` gives a test to look at. */
export interface Deployed<T> extends ProgramRun<T> {
    /** All resources of a kind (the last word of the type token), in the order of their registration. */
    readonly all: <Kind extends string>(kind: Kind) => Recorded<InputsOf<Kind>>[];
    /** The only resource of a kind, or the only one of that kind and logical or physical name; anything else fails. */
    readonly one: <Kind extends string>(kind: Kind, name?: string) => Recorded<InputsOf<Kind>>;
}

/** The value of an Output that resolves. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
    return new Promise((resolve) => output.apply(resolve));
}

/** Runs a piece of program as `npm start` does and gives back what it made; it fails when anything in it fails. */
export async function deploy<T>(build: () => T | Promise<T>, options?: ProgramOptions<T>): Promise<Deployed<T>> {
    const run = await runProgram(build, options);
    const all = <Kind extends string>(kind: Kind) =>
        run.resources.filter(({ type }) => type.endsWith(`:${kind}`)) as Recorded<InputsOf<Kind>>[];
    const one = <Kind extends string>(kind: Kind, name?: string) => {
        const found = all(kind).filter((it) => name === undefined || it.name === name || it.physicalName === name);
        const [only] = found;
        if (only === undefined || found.length > 1) {
            const names = all(kind).map((it) => it.name);
            throw new Error(`expected one ${kind} ${name ?? ""}, among: ${names.join(", ") || "none of that kind"}`);
        }
        return only;
    };
    return { ...run, all, one };
}
