import type { Deployed } from "../support/harness";
import { pathOf } from "./programs";
import { type Running, start } from "./process";

/** What of a rendered container is run; Kubernetes' own type knows no absent field. */
interface Container {
    readonly command?: readonly string[];
    readonly args?: readonly string[];
    readonly env?: readonly {
        readonly name: string;
        readonly value?: string;
        readonly valueFrom?: { readonly secretKeyRef?: { readonly name: string; readonly key: string } };
    }[];
    readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

/** What of a rendered pod is run. */
interface PodSpec {
    readonly containers: readonly Container[];
    readonly securityContext?: { readonly runAsUser?: number };
}

/**
 * Starts a rendered container as a process: its command, arguments and environment (with Secrets filled in), its user, a read-only
 * root, and an empty directory of its own for each volume. What differs: programs come from this machine instead of the image.
 */
export function startContainer(
    release: Deployed<unknown>,
    pod: PodSpec,
    replaces: Readonly<Record<string, string>> = {},
): Running {
    const [container] = pod.containers;
    if (container === undefined) {
        throw new Error("the pod has no container");
    }
    const env = environment(release, container);
    const [program = "", ...args] = [...(container.command ?? []), ...(container.args ?? [])].map((text) =>
        expand(text, env),
    );
    const directories = (container.volumeMounts ?? []).map(({ mountPath }) => mountPath);
    const mounts = directories.map((path) => `mount -t tmpfs -o mode=1777 tmpfs "${path}"`);
    const user = String(pod.securityContext?.runAsUser ?? 1000);
    return start(
        "unshare",
        [
            "--mount",
            "sh",
            "-ec",
            [...mounts, "mount -o remount,bind,ro /", 'exec "$@"'].join("\n"),
            "sh",
            ...["setpriv", `--reuid=${user}`, `--regid=${user}`, "--clear-groups", "--inh-caps=-all", "--no-new-privs"],
            ...(replaces[program]?.split(" ") ?? [program]),
            ...args,
        ],
        { PATH: `${pathOf("python").replace(/\/[^/]*$/, "")}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin`, ...env },
    );
}

/**
 * The environment that Kubernetes would give a container.
 * @param existing values of Secrets that the release does not make, by `<name>.<key>`
 */
export function environment(
    release: Deployed<unknown>,
    container: Container,
    existing: Readonly<Record<string, string>> = {},
): Record<string, string> {
    const env: Record<string, string> = {};
    for (const { name, value, valueFrom } of container.env ?? []) {
        const secret = valueFrom?.secretKeyRef;
        env[name] =
            secret === undefined
                ? expand(value ?? "", env)
                : (existing[`${secret.name}.${secret.key}`] ?? secretValue(release, secret.name, secret.key));
    }
    return env;
}

/** What stands under a key of a Secret of the release. */
export function secretValue(release: Deployed<unknown>, name: string, key: string): string {
    const value = release.one("Secret", name).inputs.stringData[key];
    if (value === undefined) {
        throw new Error(`Secret ${name} has no key ${key}`);
    }
    return value;
}

function expand(text: string, env: Readonly<Record<string, string>>): string {
    return text.replace(/\$\(([A-Za-z_][A-Za-z0-9_]*)\)/g, (whole, name: string) => env[name] ?? whole);
}
