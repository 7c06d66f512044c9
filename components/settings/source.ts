import type * as pulumi from "@pulumi/pulumi";

import type { Issue } from "../fields/issue";
import type { SecretEnv, SecretTextName } from "../secrets/settings";

/** What describes a Keep, before anything of it is checked: a stack file, or the arguments of a program. */
export interface Source {
    /** What was read, and what became of it, such as "Pulumi.dev.yaml; nothing was changed". */
    readonly title: string;
    /** What stands before the name of a setting: only a stack file has a namespace. */
    readonly namespace: "keep:" | "";
    /** Plain values by top-level key. */
    readonly settings: Readonly<Record<string, unknown>>;
    /** Secrets by key. */
    readonly secrets: Readonly<Partial<Record<SecretTextName, pulumi.Input<string>>>>;
    readonly secretEnv: SecretEnv;
    /** Mistakes in how it is written. A key that cannot be read at all is left out of the values above. */
    readonly issues: readonly Issue[];
    /** Says where a setting is written, such as `Pulumi.dev.yaml:7:15`; undefined where it cannot be said. */
    readonly locate?: (path: readonly string[]) => string | undefined;
}
