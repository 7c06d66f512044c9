import { deployKeep, RELEASE, type Written } from "../support/config";
import type { Deployed } from "../support/harness";
import { allows, type End, type PodEnd } from "../support/reach";

/** Every part of a release that may have pods. */
export const PARTS = [
    "backend",
    "backup",
    "consumer",
    "database",
    "frontend",
    "redis",
    "retention",
    "setup",
    "verify",
    "websocket",
    "worker",
] as const;

/** A part of a release. */
export type Part = (typeof PARTS)[number];

/** Says whether one end may open a connection to the other. */
export type Asker = (from: End, to: End, port: number, protocol?: "TCP" | "UDP") => boolean;

/** A pod of a part. */
export function pod(component: Part, release = RELEASE): PodEnd {
    return {
        namespace: RELEASE,
        labels: {
            "app.kubernetes.io/name": "keep",
            "app.kubernetes.io/instance": release,
            "app.kubernetes.io/component": component,
        },
    };
}

/** Asks the policies that a program made. */
export function asker({ all }: Deployed<unknown>): Asker {
    const policies = all("NetworkPolicy").map(({ inputs }) => inputs);
    return (from, to, port, protocol) => allows(policies, from, to, port, protocol);
}

/** A Keep with pods of every part that may call somebody, and with a closed list of providers. */
export async function exitsOf({ networkPolicy, ...written }: Written): Promise<Asker> {
    return asker(
        await deployKeep({
            publicUrl: "https://keep.example.com",
            ingress: { kind: "nginx", tls: { terminatedOutside: true } },
            database: { kind: "postgres" },
            redis: { kind: "bundled" },
            consumer: { enabled: true },
            secretStore: { kind: "database" },
            networkPolicy: {
                enabled: true,
                edge: [{ namespace: "ingress-nginx" }],
                providers: [{ cidr: "198.51.100.0/24" }],
                ...(networkPolicy as object | undefined),
            },
            ...written,
        }),
    );
}

/** Each port on which some part of Keep calls or listens. */
export const ALL_PORTS = [80, 443, 988, 5432, 6001, 6380, 6443, 8200, 8443, 9999, 11434, 16443, 26379];

/** Parts that run Keep's Python. */
export const PROCESSES = ["backend", "consumer", "setup", "worker"];

/** Who reaches an address on which of the ports that some part of Keep uses, as `part:port`. */
export function reached(asks: Asker, to: End): string[] {
    return PARTS.flatMap((part) =>
        ALL_PORTS.filter((port) => asks(pod(part), to, port)).map((port) => `${part}:${port}`),
    );
}

/** Parts with each of the ports, as {@link reached} gives them. */
export const from = (parts: readonly string[], ...ports: number[]) =>
    parts.flatMap((part) => ports.map((port) => `${part}:${port}`));
