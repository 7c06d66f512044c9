import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import {
    type ComponentChoices,
    type ComponentName,
    componentsOf,
    type ComponentWith,
    componentsWithout,
} from "../component";
import type { Account } from "../kubernetes/pod";
import { type Release, scopeOf } from "../naming";
import type { ServiceAccountConfig } from "./settings";

/** Components with a separate ServiceAccount. Those that run Keep's Python program share `keep:serviceAccount`. */
type Owner = Exclude<ComponentName, ComponentWith<"process">>;

interface Named {
    readonly serviceAccount: { readonly name?: string };
}

interface HasAccount extends Named {
    readonly serviceAccount: { readonly name?: string; readonly annotations: Readonly<Record<string, string>> };
}

type Settings = ComponentChoices &
    Readonly<Record<Owner, object | HasAccount>> & { readonly serviceAccount: ServiceAccountConfig };

/** Whether a component has the account that `keep:serviceAccount.create` creates, whose name may be written. */
export function hasDefaultAccount({ serviceAccount: { name } }: Named, component: Owner, release: Release): boolean {
    return name === undefined || name === scopeOf(release, component).name;
}

/** The components whose account the stack creates, with their settings. */
function owners(config: Settings, release: Release): [Owner, HasAccount][] {
    const present = componentsOf(config);
    return componentsWithout("process")
        .filter((component) => present.includes(component))
        .flatMap((component): [Owner, HasAccount][] => {
            const settings = config[component];
            const isCreated = config.serviceAccount.create && "serviceAccount" in settings;
            return isCreated && hasDefaultAccount(settings, component, release) ? [[component, settings]] : [];
        });
}

/** An account of pods, with the setting of its name. */
export interface NamedAccount {
    readonly setting: string;
    readonly name: string;
    /** Whether the stack creates it. */
    readonly isOwn: boolean;
}

/** The accounts of pods that have a name. */
export function namedAccounts(config: Settings, release: Release): NamedAccount[] {
    const { backend, serviceAccount } = config;
    const present = componentsOf(config);
    const created = owners(config, release).map(([component]) => component);
    const shared = { name: serviceAccount.name ?? scopeOf(release, "backend").name, isOwn: serviceAccount.create };
    const others = componentsWithout("process")
        .filter((component) => present.includes(component))
        .flatMap((component): NamedAccount[] => {
            const isOwn = created.includes(component);
            const { serviceAccount: { name: given } = {} } = config[component] as Partial<Named>;
            const name = isOwn ? scopeOf(release, component).name : given;
            return name === undefined ? [] : [{ setting: `${component}.serviceAccount.name`, name, isOwn }];
        });
    return [...(backend.enabled ? [{ setting: "serviceAccount.name", ...shared }] : []), ...others];
}

/** Adds the names of the accounts that `createAccounts` creates. */
export function withAccounts<T extends Settings>(config: T, release: Release): T {
    const named = owners(config, release).map(([component, settings]) => {
        const serviceAccount = { ...settings.serviceAccount, name: scopeOf(release, component).name };
        return [component, { ...settings, serviceAccount }];
    });
    return { ...config, ...(Object.fromEntries(named) as Pick<T, Owner>) };
}

/** Creates a ServiceAccount for each component without one, so that no pod uses the namespace's account `default`. */
export function createAccounts(
    name: string,
    config: Settings,
    release: Release,
    opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
    return owners(config, release).map(([component, { serviceAccount }]) => {
        const { name: physical, namespace, labels } = scopeOf(release, component);
        return new k8s.core.v1.ServiceAccount(
            `${name}-${component}`,
            {
                metadata: { name: physical, namespace, labels, annotations: serviceAccount.annotations },
                automountServiceAccountToken: false,
            },
            opts,
        );
    });
}

/** Account of a component's pods, without a token; undefined: the namespace's `default`. */
export function accountOf({ serviceAccount: { name } }: HasAccount): Account | undefined {
    return name === undefined ? undefined : { name, usesToken: false };
}
