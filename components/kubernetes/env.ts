import type { types } from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { hasLater, isLater, resolveInputs, settledValue } from "../tokens";

/** A value under a key of a Kubernetes Secret. */
export interface SecretKeyRef {
    readonly secret: { readonly name: string; readonly key: string };
}

/** A value under a key of a Kubernetes ConfigMap. */
export interface ConfigMapKeyRef {
    readonly configMap: { readonly name: string; readonly key: string };
}

/** A field of the pod itself, such as `status.podIP`. */
export interface PodFieldRef {
    readonly field: string;
}

/** Environment of a container, by name. Nothing secret may be a plain value; an undefined value leaves the name out. */
export type Env = Readonly<
    Record<string, pulumi.Input<string> | SecretKeyRef | ConfigMapKeyRef | PodFieldRef | undefined>
>;

/** Several environments as one; a later value replaces an earlier one. */
export function mergeEnv(fragments: readonly Env[]): Env {
    return Object.assign({}, ...fragments) as Env;
}

/**
 * Environment in the form of Kubernetes. It is sorted, so that the order of our code never restarts a pod. Values that reference
 * another variable as $(NAME) come last, because Kubernetes expands only variables that are listed before
 * (https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/).
 */
export function envVars(env: Env): pulumi.Input<types.input.core.v1.EnvVar[]> {
    const variables = Object.entries(env).flatMap(([name, value]) =>
        value === undefined ? [] : [envVar(name, value)],
    );
    return hasLater(env) ? sortedLater(variables) : sorted(variables);
}

/** The order that the values decide once they are known; the values themselves stay what they are, secret or unknown. */
async function sortedLater(variables: readonly NamedEnvVar[]): Promise<NamedEnvVar[]> {
    const known = await Promise.all(
        variables.map(async ({ name, value }) => {
            const later = resolveInputs(value);
            return { name, value: isLater(later) ? ((await settledValue(later))?.value ?? value) : later };
        }),
    );
    const names = sorted(known).map(({ name }) => name);
    return [...variables].sort((a, b) => names.indexOf(a.name) - names.indexOf(b.name));
}

function sorted<T extends { readonly name: string; readonly value?: unknown }>(variables: readonly T[]): T[] {
    return [...variables].sort(
        (a, b) => Number(referencesVariable(a)) - Number(referencesVariable(b)) || compare(a.name, b.name),
    );
}

interface NamedEnvVar {
    readonly name: string;
    readonly value?: pulumi.Input<string>;
    readonly valueFrom?: types.input.core.v1.EnvVarSource;
}

function envVar(name: string, value: NonNullable<Env[string]>): NamedEnvVar {
    if (typeof value !== "object" || pulumi.Output.isInstance(value) || value instanceof Promise) {
        return { name, value };
    }
    if ("field" in value) {
        return { name, valueFrom: { fieldRef: { fieldPath: value.field } } };
    }
    return "secret" in value
        ? { name, valueFrom: { secretKeyRef: value.secret } }
        : { name, valueFrom: { configMapKeyRef: value.configMap } };
}

function referencesVariable({ value }: { readonly value?: unknown }): boolean {
    return typeof value === "string" && value.includes("$(");
}

function compare(a: string, b: string): number {
    return a < b ? -1 : Number(a > b);
}
