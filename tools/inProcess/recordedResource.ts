import type * as pulumi from "@pulumi/pulumi";

import type { Mask, Revealed } from "./secrets";

/** A resource as the program declared it and as the engine would have been asked for it. */
export interface RecordedResource {
    /** Type token, such as `kubernetes:apps/v1:Deployment` or `keep:tiers:Backend`. */
    readonly type: string;
    /** Logical name, the one that Pulumi knows the resource by. */
    readonly name: string;
    /** Identity in the state, with the types of all its parents. */
    readonly urn: string;
    /** The component that it belongs to; undefined right under the stack. */
    readonly parent: RecordedResource | undefined;
    /** False for a component. */
    readonly custom: boolean;
    /** Inputs with every Output resolved and every secret in plain. */
    readonly inputs: Record<string, unknown>;
    /** Where in `inputs` the secrets are, such as `stringData.password`. */
    readonly secretPaths: ReadonlySet<string>;
    /** The same inputs with `[secret]` in place of each secret. */
    readonly maskedInputs: Record<string, unknown>;
    /** The same inputs with another mask. */
    readonly inputsMaskedAs: (as: Mask) => Record<string, unknown>;
    /** Its name in the cluster: the one given, or the one that a provider would make up; undefined for other resources. */
    readonly physicalName: string | undefined;
    /** Whether Pulumi leaves it where it is when it goes from the stack (`retainOnDelete`, its component's included). */
    readonly retained: boolean;
    /** Options as given, such as `retainOnDelete` and `dependsOn`. */
    readonly options: pulumi.ResourceOptions;
    /** Everything that must exist before it, said by `dependsOn` or by using its outputs. */
    readonly dependencies: readonly RecordedResource[];
    /** Reference to the provider that it was given, by itself or by its component, as `<urn>::<id>`; empty: the default one. */
    readonly provider: string;
    /** The object that the program made. */
    readonly resource: pulumi.Resource;
    /** What a component gave to `registerOutputs`; undefined when it never called it. */
    readonly outputs: Revealed | undefined;
}
