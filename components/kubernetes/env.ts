import type { types } from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { hasLater, isLater, resolveInputs, settledValue } from "../tokens";

/** A reference to a key of a Secret. */
export interface SecretKeyRef {
    readonly secret: { readonly name: string; readonly key: string };
}

/** A reference to a key of a ConfigMap. */
export interface ConfigMapKeyRef {
    readonly configMap: { readonly name: string; readonly key: string };
}

/** A reference to a field of the pod, such as `status.podIP`. */
export interface PodFieldRef {
    readonly field: string;
}

/** Environment of a container by name; undefined: not set. Secrets must be references. */
export type Env = Readonly<
    Record<string, pulumi.Input<string> | SecretKeyRef | ConfigMapKeyRef | PodFieldRef | undefined>
>;

/** Merges environments. A later value overrides an earlier one. */
export function mergeEnv(fragments: readonly Env[]): Env {
    return Object.assign({}, ...fragments) as Env;
}

/**
 * Environment in the format of Kubernetes. It is sorted, so that a change of the order in the code never restarts pods.
 * Values that reference another variable as $(NAME) come last, because Kubernetes expands only variables that are
 * listed before
 * (https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/).
 */
export function envVars(env: Env): pulumi.Input<types.input.core.v1.EnvVar[]> {
    const variables = Object.entries(env).flatMap(([name, value]) =>
        value === undefined ? [] : [envVar(name, value)],
    );
    return hasLater(env) ? sortedLater(variables) : sorted(variables);
}

/** Sorts by the known values, and keeps values secret or unknown. */
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
