import { posix } from "node:path";

import * as z from "zod";

import { issue, type Issue } from "../fields/issue";
import { repeated } from "../fields/pairs";
import type { Rule } from "../fields/rule";
import { KIND_NAMES } from "../provision/kinds";
import { type EnvTier, envTiers } from "../secrets/settings";

/** Names and paths that the program uses in the pods of a tier. */
interface OwnNames {
    readonly containers: readonly string[];
    readonly volumes: readonly string[];
    readonly mountPaths: readonly string[];
    /** TCP ports on which the program's containers listen. The containers of a pod share them. */
    readonly ports: readonly number[];
    /** Those on which they listen with `keep:monitoring` alone. */
    readonly monitoringPorts?: readonly number[];
}

/**
 * Directories of the images with the programs themselves: those of Keep (docker/Dockerfile.api and Dockerfile.ui), of
 * Soketi, and of the system.
 */
const PROGRAMS = ["/", "/app", "/venv", "/bin", "/dev", "/etc", "/lib", "/proc", "/sbin", "/sys", "/usr", "/usr/local"];

/** Names that keep:extraCa and the certificates of an external database add to Keep's processes. */
const TRUST: Omit<OwnNames, "ports"> = {
    containers: ["trust"],
    volumes: ["extra-ca", "trust", "database-ca"],
    mountPaths: ["/etc/keep-ca", "/etc/keep-trust", "/etc/keep-database-ca"],
};

/** Names that keep:provision adds to the setup Job. */
const CONTENT = ["providers", "apply", ...KIND_NAMES];

/** Names in the pods of keep:backup and keep:retention. */
const OPERATIONS: Omit<OwnNames, "ports"> = {
    containers: ["system-trust", "dump", "prune", "upload", "retention"],
    volumes: ["system-trust", "scripts", "backup", "script"],
    mountPaths: ["/backup", "/etc/keep/backup", "/etc/keep/retention", "/system-trust"],
};

/**
 * Names by tier. Those of the API include the setup Job and scheduled Jobs, which also get the containers and volumes of
 * keep:backend.
 */
export const ownNames: Readonly<Record<EnvTier, OwnNames>> = {
    backend: {
        containers: ["backend", "watcher", "setup", "make-database", ...OPERATIONS.containers, ...TRUST.containers],
        volumes: ["tmp", "watcher-tmp", "state", ...CONTENT, ...OPERATIONS.volumes, ...TRUST.volumes],
        mountPaths: [
            "/tmp",
            "/state",
            ...CONTENT.map((name) => `/etc/keep/${name}`),
            ...OPERATIONS.mountPaths,
            ...TRUST.mountPaths,
        ],
        ports: [8080, 9103],
    },
    worker: {
        containers: ["worker", "metrics", ...TRUST.containers],
        volumes: ["tmp", ...TRUST.volumes],
        mountPaths: ["/tmp", ...TRUST.mountPaths],
        ports: [8001],
        monitoringPorts: [9102],
    },
    consumer: {
        containers: ["consumer", ...TRUST.containers],
        volumes: ["tmp", ...TRUST.volumes],
        mountPaths: ["/tmp", ...TRUST.mountPaths],
        ports: [8080],
    },
    frontend: {
        containers: ["frontend"],
        volumes: ["tmp", "cache", "extra-ca"],
        mountPaths: ["/tmp", "/app/.next/cache", "/etc/keep-ca"],
        ports: [3000],
    },
    websocket: {
        containers: ["websocket"],
        volumes: ["tmp", "extra-ca"],
        mountPaths: ["/tmp", "/etc/keep-ca"],
        ports: [6001, 9601],
    },
};

/** Settings that determine some volumes of the program. */
interface Settings extends Readonly<Record<EnvTier, object>> {
    readonly database: { readonly kind: string; readonly tls?: { readonly ca?: object | undefined } | undefined };
    readonly extraCa?: object | undefined;
    readonly monitoring: { readonly enabled: boolean };
}

/**
 * Volumes of the program that a user's containers may mount, each with the condition under which all pods of the tier
 * have it.
 */
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
const port = z.looseObject({ containerPort: z.number(), protocol: z.string().nullish() });
const container = named.extend({
    ports: z.array(port).nullish(),
    restartPolicy: z.string().nullish(),
    volumeMounts: z.array(mount).nullish(),
});

/** The names of a user's containers, volumes and mounts. Kubernetes validates the rest. */
const additions = z.looseObject({
    initContainers: z.array(container),
    sidecars: z.array(container),
    volumes: z.array(named),
    volumeMounts: z.array(mount),
});

/**
 * Conditions on the names of a user's containers, volumes and mounts: Kubernetes rejects pods with duplicate names, and
 * with mounts of volumes that do not exist.
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
        ...takenNames(
            own.containers,
            containers.map(({ path, one }) => ({ path: [...path, "name"], value: one.name })),
            "container",
        ),
        ...takenNames(
            own.volumes,
            data.volumes.map(({ name }, index) => ({ path: [tier, "volumes", String(index), "name"], value: name })),
            "volume",
        ),
        ...mountIssues(own.mountPaths, mounts, hasVolume),
        ...mounts
            .filter(({ one }) => PROGRAMS.includes(directory(one.mountPath)))
            .map(({ path, one }) =>
                issue([...path, "mountPath"], "would hide the program in its container. Use another path", {
                    value: one.mountPath,
                }),
            ),
        ...portIssues([...own.ports, ...(config.monitoring.enabled ? (own.monitoringPorts ?? []) : [])], containers),
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

/** Issues of TCP ports on which another container of the pod listens. Init containers that end have none. */
function portIssues(
    own: readonly number[],
    containers: readonly { readonly path: readonly string[]; readonly one: z.infer<typeof container> }[],
): Issue[] {
    const ports = containers
        .filter(({ path, one }) => path[1] === "sidecars" || one.restartPolicy === "Always")
        .flatMap(({ path, one: { ports = [] } }) =>
            (ports ?? []).map(({ containerPort, protocol }, index) => ({
                path: [...path, "ports", String(index), "containerPort"],
                value: `${containerPort} ${protocol ?? "TCP"}`,
                containerPort,
            })),
        );
    const taken = own.map((port) => `${port} TCP`);
    const repeats = repeated(ports, ({ value }) => value).map(([item]) => item);
    return ports.flatMap((item) => {
        const reason = taken.includes(item.value)
            ? "is a port of the program in these pods"
            : repeats.includes(item) && "is also a port of another container in these pods";
        return reason === false
            ? []
            : [issue(item.path, `${reason}, and a port has one server. Use another`, { value: item.containerPort })];
    });
}

interface Named {
    readonly path: readonly string[];
    readonly value: string;
}

/** Issues of names that the program uses, or that another entry has. */
function takenNames(
    own: readonly string[],
    names: readonly Named[],
    what: string,
    plain = (value: string) => value,
): Issue[] {
    const duplicates = new Set(repeated(names, ({ value }) => plain(value)).map(([item]) => item));
    return names.flatMap((item) => {
        const { path, value } = item;
        const reason = own.includes(plain(value))
            ? `is a ${what} of the program in these pods`
            : duplicates.has(item) && `is also the ${what} of another entry`;
        return reason === false ? [] : [issue(path, `${reason}. Use another`, { value })];
    });
}

/** Normalizes a path: `/state/` and `//state` are `/state`. */
function directory(path: string): string {
    return posix.resolve("/", path);
}

function mountIssues(
    own: readonly string[],
    mounts: readonly { readonly path: readonly string[]; readonly one: z.infer<typeof mount> }[],
    hasVolume: (name: string) => boolean,
): Issue[] {
    return [
        ...takenNames(
            own,
            mounts.map(({ path, one }) => ({ path: [...path, "mountPath"], value: one.mountPath })),
            "mount path",
            directory,
        ),
        ...mounts.flatMap(({ path, one: { name } }) =>
            hasVolume(name)
                ? []
                : [
                      issue(
                          [...path, "name"],
                          "is not a volume of these pods. Add the volume to volumes, or correct the name",
                          {
                              value: name,
                          },
                      ),
                  ],
        ),
    ];
}
