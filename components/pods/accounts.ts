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

interface HasAccount {
    readonly serviceAccount: { readonly name?: string; readonly annotations: Readonly<Record<string, string>> };
}

type Settings = ComponentChoices &
    Readonly<Record<Owner, object | HasAccount>> & { readonly serviceAccount: ServiceAccountConfig };

/** The components whose account the stack creates, with their settings. */
function owners(config: Settings): [Owner, HasAccount][] {
    const present = componentsOf(config);
    return componentsWithout("process")
        .filter((component) => present.includes(component))
        .flatMap((component): [Owner, HasAccount][] => {
            const settings = config[component];
            const isCreated = config.serviceAccount.create && "serviceAccount" in settings;
            return isCreated && settings.serviceAccount.name === undefined ? [[component, settings]] : [];
        });
}

/** Adds the names of the accounts that `createAccounts` creates. */
export function withAccounts<T extends Settings>(config: T, release: Release): T {
    const named = owners(config).map(([component, settings]) => {
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
    return owners(config).map(([component, { serviceAccount }]) => {
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
