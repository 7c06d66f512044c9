import { posix } from "node:path";

import * as z from "zod";

import { issue, type Issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { KIND_NAMES } from "../provision/kinds";
import { type EnvTier, envTiers } from "../secrets/settings";

/** Names and paths that the program itself uses in the pods of a tier. */
interface OwnNames {
    readonly containers: readonly string[];
    readonly volumes: readonly string[];
    readonly mountPaths: readonly string[];
}

/** What keep:extraCa and the certificates of an external database add to Keep's processes. */
const TRUST: OwnNames = {
    containers: ["trust"],
    volumes: ["extra-ca", "trust", "database-ca"],
    mountPaths: ["/etc/keep-ca", "/etc/keep-trust", "/etc/keep-database-ca"],
};

/** What keep:provision adds to the setup step. */
const CONTENT = ["providers", "apply", ...KIND_NAMES];

/** By tier. Those of the API are also in the setup Job, which has what keep:backend adds. */
export const ownNames: Readonly<Record<EnvTier, OwnNames>> = {
    backend: {
        containers: ["backend", "watcher", "setup", "make-database", ...TRUST.containers],
        volumes: ["tmp", "watcher-tmp", "state", ...CONTENT, ...TRUST.volumes],
        mountPaths: ["/tmp", "/state", ...CONTENT.map((name) => `/etc/keep/${name}`), ...TRUST.mountPaths],
    },
    worker: {
        containers: ["worker", "metrics", ...TRUST.containers],
        volumes: ["tmp", ...TRUST.volumes],
        mountPaths: ["/tmp", ...TRUST.mountPaths],
    },
    consumer: {
        containers: ["consumer", ...TRUST.containers],
        volumes: ["tmp", ...TRUST.volumes],
        mountPaths: ["/tmp", ...TRUST.mountPaths],
    },
    frontend: {
        containers: ["frontend"],
        volumes: ["tmp", "cache", "extra-ca"],
        mountPaths: ["/tmp", "/app/.next/cache", "/etc/keep-ca"],
    },
    websocket: {
        containers: ["websocket"],
        volumes: ["tmp", "extra-ca"],
        mountPaths: ["/tmp", "/etc/keep-ca"],
    },
};

/** Settings that some volumes of the program depend on. */
interface Settings extends Readonly<Record<EnvTier, object>> {
    readonly database: { readonly kind: string; readonly tls?: { readonly ca?: object | undefined } | undefined };
    readonly extraCa?: object | undefined;
}

/** Volumes of the program that containers of a stack may mount, since all pods of the tier have them, each with its condition. */
const SHARED: Readonly<Record<string, (settings: Settings) => boolean>> = {
    tmp: () => true,
    cache: () => true,
    state: ({ database }) => database.kind === "sqlite",
    "extra-ca": ({ extraCa }) => extraCa !== undefined,
    trust: ({ extraCa }) => extraCa !== undefined,
    "database-ca": ({ database }) => database.tls?.ca !== undefined,
};

const mount = z.looseObject({ name: z.string(), mountPath: z.string() });
const named = z.looseObject({ name: z.string() });
const container = named.extend({ volumeMounts: z.array(mount).nullish() });

/** What a stack adds to the pods of a tier, as far as names go; what has another form is Kubernetes' to read. */
const additions = z.looseObject({
    initContainers: z.array(container),
    sidecars: z.array(container),
    volumes: z.array(named),
    volumeMounts: z.array(mount),
});

/**
 * Conditions on the names of containers, volumes and mounts that a stack adds: Kubernetes rejects a pod that has one of them twice, or
 * mounts a volume that it does not have.
 */
export const podNameRules: readonly Rule<Settings>[] = envTiers.map((tier) => (config) => {
    const { data } = additions.safeParse(config[tier]);
    if (data === undefined) {
        return [];
    }
    const own = ownNames[tier];
    const containers = [
        ...data.initContainers.map((one, index) => ({ path: [tier, "initContainers", String(index)], one })),
        ...data.sidecars.map((one, index) => ({ path: [tier, "sidecars", String(index)], one })),
    ];
    const added = data.volumes.map(({ name }) => name);
    const hasVolume = (name: string) =>
        added.includes(name) ||
        (own.volumes.includes(name) && Object.hasOwn(SHARED, name) && SHARED[name]?.(config) === true);
    const mounts = data.volumeMounts.map((one, index) => ({ path: [tier, "volumeMounts", String(index)], one }));
    return [
        ...repeated(
            own.containers,
            containers.map(({ path, one }) => ({ path: [...path, "name"], value: one.name })),
            "container",
        ),
        ...repeated(
            own.volumes,
            data.volumes.map(({ name }, index) => ({ path: [tier, "volumes", String(index), "name"], value: name })),
            "volume",
        ),
        ...mountIssues(own.mountPaths, mounts, hasVolume),
        ...containers.flatMap(({ path, one }) =>
            mountIssues(
                [],
                (one.volumeMounts ?? []).map((each, index) => ({
                    path: [...path, "volumeMounts", String(index)],
                    one: each,
                })),
                hasVolume,
            ),
        ),
    ];
});

interface Named {
    readonly path: readonly string[];
    readonly value: string;
}

/** Names that the program uses, or an earlier one has. */
function repeated(
    own: readonly string[],
    names: readonly Named[],
    what: string,
    plain = (value: string) => value,
): Issue[] {
    return names.flatMap(({ path, value }, index) => {
        const isEarlier = names.slice(0, index).some((earlier) => plain(earlier.value) === plain(value));
        const reason = own.includes(plain(value))
            ? `is a ${what} of the program in these pods`
            : isEarlier && `is the ${what} of another entry as well`;
        return reason === false ? [] : [issue(path, `${reason}. Choose another`, { value })];
    });
}

/** The directory that a path leads to: `/state/` and `//state` are `/state`. */
function directory(path: string): string {
    return posix.resolve("/", path);
}

function mountIssues(
    own: readonly string[],
    mounts: readonly { readonly path: readonly string[]; readonly one: z.infer<typeof mount> }[],
    hasVolume: (name: string) => boolean,
): Issue[] {
    return [
        ...repeated(
            own,
            mounts.map(({ path, one }) => ({ path: [...path, "mountPath"], value: one.mountPath })),
            "mount path",
            directory,
        ),
        ...mounts.flatMap(({ path, one: { name } }) =>
            hasVolume(name)
                ? []
                : [
                      issue([...path, "name"], "is no volume of these pods. Add the volume to volumes, or correct it", {
                          value: name,
                      }),
                  ],
        ),
    ];
}
