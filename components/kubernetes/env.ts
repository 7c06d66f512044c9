import type { types } from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

/** A value that stands under a key of a Kubernetes Secret. */
export interface SecretKeyRef {
    readonly secret: { readonly name: string; readonly key: string };
}

/** A value that stands under a key of a Kubernetes ConfigMap. */
export interface ConfigMapKeyRef {
    readonly configMap: { readonly name: string; readonly key: string };
}

/** Environment of a container, by name. Nothing secret may be a plain value; an undefined value leaves the name out. */
export type Env = Readonly<Record<string, pulumi.Input<string> | SecretKeyRef | ConfigMapKeyRef | undefined>>;

/** Several environments as one; a later value replaces an earlier one. */
export function mergeEnv(fragments: readonly Env[]): Env {
    return Object.assign({}, ...fragments) as Env;
}

/**
 * Environment as Kubernetes wants it: sorted, so that the order of our code never restarts a pod; values that quote
 * another variable as $(NAME) come last, because Kubernetes fills in only what stands before
 * (https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/).
 */
export function envVars(env: Env): types.input.core.v1.EnvVar[] {
    return Object.entries(env)
        .flatMap(([name, value]) => (value === undefined ? [] : [envVar(name, value)]))
        .sort((a, b) => Number(quotesAnother(a)) - Number(quotesAnother(b)) || compare(a.name, b.name));
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
    return "secret" in value
        ? { name, valueFrom: { secretKeyRef: value.secret } }
        : { name, valueFrom: { configMapKeyRef: value.configMap } };
}

function quotesAnother({ value }: NamedEnvVar): boolean {
    return typeof value === "string" && value.includes("$(");
}

function compare(a: string, b: string): number {
    return a < b ? -1 : Number(a > b);
}
