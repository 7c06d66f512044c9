import { readFileSync } from "node:fs";
import { join } from "node:path";

import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { dataOf, filesIn } from "./files";
import { KIND_NAMES, kindOf } from "./kinds";
import type { ProvisionConfig } from "./settings";
import { type Env, mergeEnv, type SecretKeyRef } from "../kubernetes/env";
import { type Release, scopeOf, secretName } from "../naming";

/** Where provisioned files stand in the pod. Keep remembers a workflow by this path: never change it. */
const DIRECTORY = "/etc/keep";
const PROVIDERS_FILE = "providers.json";
/** Volume and ConfigMap of the scripts: Python that applies what Keep does not provision itself, and checks what it does. */
const APPLY = "apply";

/** What is provisioned, and for which release. */
export interface ProvisionArgs {
    readonly release: Release;
    readonly config: ProvisionConfig;
    /** JSON object of providers, with their credentials. */
    readonly providers: pulumi.Output<string> | undefined;
    /** Key of an existing Secret with that object, instead. */
    readonly existing: SecretKeyRef["secret"] | undefined;
    /** Tenant to create before Keep's own start. */
    readonly tenantId: string | undefined;
}

/** Files of a ConfigMap, and the variable that names their directory to Keep. */
interface Part {
    readonly name: string;
    readonly data: Readonly<Record<string, string>>;
    readonly variable: string | undefined;
}

/** Volumes, mounts and environment by which the setup step finds what it is to provision. */
export interface Provided {
    readonly volume: k8s.types.input.core.v1.Volume;
    readonly mount: k8s.types.input.core.v1.VolumeMount;
    readonly env: Env;
}

/** Keep's content as code, in the cluster for the setup step to read. */
export class Provision extends pulumi.ComponentResource {
    public readonly provided: readonly Provided[];
    /** Environment of the setup step. */
    public readonly env: Env;
    /** Python to run before Keep's own start and after it. */
    public readonly python: { readonly before: readonly string[]; readonly after: readonly string[] };
    /** Everything that is provisioned, for a fingerprint. */
    public readonly content: Readonly<Record<string, pulumi.Input<string>>>;

    constructor(name: string, args: ProvisionArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:index:Provision", name, {}, opts);
        const { release, config, providers, existing, tenantId } = args;
        const { labels, namespace } = scopeOf(release, "setup");
        const child = { parent: this };
        const contents = KIND_NAMES.flatMap((kind): Part[] => {
            const directory = config[kind];
            if (directory === undefined) {
                return [];
            }
            const data = dataOf(kind, filesIn(kind, directory).valid);
            return [{ name: kind, data, variable: kindOf(kind).variable }];
        });
        const stored = existing ?? (providers && { name: secretName(release, "providers"), key: PROVIDERS_FILE });
        const isApplied = contents.length > 0;
        // Those that always run find what an earlier stack file has left in Keep's database.
        const before = [
            ...(isApplied || stored !== undefined ? ["expressions"] : []),
            "conflicts",
            "workflow_files",
            ...(tenantId === undefined ? [] : ["tenant"]),
        ];
        const after = ["first_user", "provisioned", ...(isApplied ? ["apply"] : []), "shadowed"];
        const parts = [...contents, scripts([...before, ...after, ...(isApplied ? ["kinds"] : [])])];
        for (const { name: part, data } of parts) {
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

        this.provided = [
            ...parts.map((part) => fromConfigMap(release, part)),
            ...(stored === undefined ? [] : [fromSecret(stored)]),
        ];
        this.env = { ...mergeEnv(this.provided.map((part) => part.env)), KEEP_SETUP_TENANT: tenantId };
        this.python = {
            before: [`import sys; sys.path.insert(0, "${DIRECTORY}/${APPLY}")`, ...before.map(run)],
            after: after.map(run),
        };
        this.content = {
            files: JSON.stringify(parts),
            providers: providers ?? (existing === undefined ? "" : JSON.stringify(existing)),
        };
        this.registerOutputs({});
    }
}

function run(module: string): string {
    return `import ${module}; ${module}.main()`;
}

function scripts(modules: readonly string[]): Part {
    const names = modules.map((module) => `${module}.py`).sort();
    const data = Object.fromEntries(names.map((name) => [name, readFileSync(join(__dirname, name), "utf8")]));
    return { name: APPLY, data, variable: undefined };
}

function fromConfigMap(release: Release, { name, variable }: Part): Provided {
    const path = `${DIRECTORY}/${name}`;
    return {
        volume: { name, configMap: { name: `${release.name}-${name}` } },
        mount: { name, mountPath: path, readOnly: true },
        env: variable === undefined ? {} : { [variable]: path },
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
