import type * as pulumi from "@pulumi/pulumi";

import type { Mask, Revealed } from "./secrets";

/** A resource as the program registered it. */
export interface RecordedResource {
    /** Type token, such as `kubernetes:apps/v1:Deployment` or `keep:tiers:Backend`. */
    readonly type: string;
    /** Pulumi's logical name. */
    readonly name: string;
    /** Pulumi's URN, which includes the type of the parent. */
    readonly urn: string;
    /** Parent component; undefined: the stack. */
    readonly parent: RecordedResource | undefined;
    /** False for a component. */
    readonly custom: boolean;
    /** Inputs with resolved Outputs and secrets in plain text. */
    readonly inputs: Record<string, unknown>;
    /** Paths of the secrets in `inputs`, such as `stringData.password`. */
    readonly secretPaths: ReadonlySet<string>;
    /** Inputs with `[secret]` for each secret. */
    readonly maskedInputs: Record<string, unknown>;
    /** Inputs with another mask for each secret. */
    readonly inputsMaskedAs: (as: Mask) => Record<string, unknown>;
    /** Name in the cluster: from `metadata.name`, or generated as the provider does; undefined for other resources. */
    readonly physicalName: string | undefined;
    /** Whether Pulumi retains it when it is removed from the stack (`retainOnDelete`, its own or its component's). */
    readonly retained: boolean;
    /** Options of the constructor, such as `retainOnDelete` and `dependsOn`. */
    readonly options: pulumi.ResourceOptions;
    /** Resources that it depends on, by `dependsOn` or by their outputs. */
    readonly dependencies: readonly RecordedResource[];
    /** Explicit provider, its own or its component's, as `<urn>::<id>`; empty: the default provider. */
    readonly provider: string;
    /** The object that the program created. */
    readonly resource: pulumi.Resource;
    /** Argument of the component's `registerOutputs`; undefined if it was not called. */
    readonly outputs: Revealed | undefined;
}
