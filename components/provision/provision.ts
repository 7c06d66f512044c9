import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { ProvisionConfig } from "./settings";
import { dashboardList, filesOf } from "./files";
import type { Env, SecretKeyRef } from "../kubernetes/env";
import { type Release, scopeOf, secretName } from "../naming";

/** Where provisioned files stand in the pod. Keep remembers a workflow by this path: never change it. */
const DIRECTORY = "/etc/keep";
const PROVIDERS_FILE = "providers.json";

/** What is provisioned, and for which release. */
export interface ProvisionArgs {
    readonly release: Release;
    readonly config: ProvisionConfig;
    /** JSON object of providers, with their credentials. */
    readonly providers: pulumi.Output<string> | undefined;
    /** Key of an existing Secret with that object, instead. */
    readonly existing: SecretKeyRef["secret"] | undefined;
}

/** Volumes, mounts and environment by which the setup step finds what it is to provision. */
export interface Provided {
    readonly volume: k8s.types.input.core.v1.Volume;
    readonly mount: k8s.types.input.core.v1.VolumeMount;
    readonly env: Env;
}

/** Providers, workflows, dashboards and mappings as code, in the cluster for the setup step to read. */
export class Provision extends pulumi.ComponentResource {
    public readonly provided: readonly Provided[];
    /** Everything that is provisioned, for a fingerprint. */
    public readonly content: Readonly<Record<string, pulumi.Input<string>>>;

    constructor(name: string, args: ProvisionArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:index:Provision", name, {}, opts);
        const { release, config, providers, existing } = args;
        const { labels, namespace } = scopeOf(release, "setup");
        const child = { parent: this };
        const dashboards = Object.values(filesOf("dashboards", config.dashboards));
        const texts: Record<string, Record<string, string>> = {
            workflows: filesOf("workflows", config.workflows),
            mappings: filesOf("mappings", config.mappings),
            dashboards: dashboards.length === 0 ? {} : { "dashboards.json": dashboardList(dashboards) },
        };

        const files = Object.entries(texts).filter(([, data]) => Object.keys(data).length > 0);
        for (const [part, data] of files) {
            const metadata = { name: `${release.name}-${part}`, namespace, labels };
            new k8s.core.v1.ConfigMap(`${name}-${part}`, { metadata, data }, child);
        }
        if (providers !== undefined) {
            const metadata = { name: secretName(release, "providers"), namespace, labels };
            new k8s.core.v1.Secret(
                `${name}-providers`,
                { metadata, stringData: { [PROVIDERS_FILE]: providers }, type: "Opaque" },
                child,
            );
        }

        const stored = existing ?? (providers && { name: secretName(release, "providers"), key: PROVIDERS_FILE });
        this.provided = [
            ...files.map(([part]) => fromConfigMap(release, part)),
            ...(stored === undefined ? [] : [fromSecret(stored)]),
        ];
        this.content = {
            files: JSON.stringify(texts),
            providers: providers ?? (existing === undefined ? "" : JSON.stringify(existing)),
        };
        this.registerOutputs({});
    }
}

function fromConfigMap(release: Release, part: string): Provided {
    const name = `${release.name}-${part}`;
    const path = `${DIRECTORY}/${part}`;
    const env: Record<string, Env> = {
        workflows: { KEEP_WORKFLOWS_DIRECTORY: path },
        mappings: { KEEP_MAPPINGS_DIRECTORY: path },
        dashboards: { KEEP_DASHBOARDS: { configMap: { name, key: "dashboards.json" } } },
    };
    return {
        volume: { name: part, configMap: { name } },
        mount: { name: part, mountPath: path, readOnly: true },
        env: env[part] ?? {},
    };
}

/** KEEP_PROVIDERS may be a path, which keeps credentials out of the environment. */
function fromSecret({ name, key }: SecretKeyRef["secret"]): Provided {
    const path = `${DIRECTORY}/providers`;
    const items = key === PROVIDERS_FILE ? undefined : [{ key, path: PROVIDERS_FILE }];
    return {
        volume: { name: "providers", secret: { secretName: name, items } },
        mount: { name: "providers", mountPath: path, readOnly: true },
        env: { KEEP_PROVIDERS: `${path}/${PROVIDERS_FILE}` },
    };
}
