import type { Release } from "../naming";
import type { StackConfig } from "./schema";

/** The release that a stack describes. Its namespace is called like itself unless the stack says otherwise. */
export function releaseOf(config: Pick<StackConfig, "labels" | "namespace" | "release" | "version">): Release {
    return {
        name: config.release,
        namespace: config.namespace.name ?? config.release,
        version: config.version,
        labels: config.labels,
    };
}
