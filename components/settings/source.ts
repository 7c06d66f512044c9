import type * as pulumi from "@pulumi/pulumi";

import type { Issue } from "../fields/issue";
import type { SecretEnv, SecretTextName } from "../secrets/settings";

/** Settings before validation, from a stack file or the arguments of a program. */
export interface Source {
    /**
     * Name of the source for messages, and the consequence of errors, such as "Pulumi.dev.yaml; nothing was changed".
     */
    readonly title: string;
    /** Prefix of keys in messages; empty for a program. */
    readonly namespace: "keep:" | "";
    /** Plain values by top-level key. */
    readonly settings: Readonly<Record<string, unknown>>;
    /** Secrets by key. */
    readonly secrets: Readonly<Partial<Record<SecretTextName, pulumi.Input<string>>>>;
    readonly secretEnv: SecretEnv;
    /** Issues of reading the source. Keys that cannot be read are missing in the values above. */
    readonly issues: readonly Issue[];
    /** Position of a setting, such as `Pulumi.dev.yaml:7:15`; undefined if it is unknown. */
    readonly locate?: (path: readonly string[]) => string | undefined;
}
