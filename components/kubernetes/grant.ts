import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** Arguments of createGrant. */
export interface GrantArgs {
    /** Metadata of Role and RoleBinding. */
    readonly metadata: {
        readonly name: string;
        readonly namespace: string;
        readonly labels: Readonly<Record<string, string>>;
    };
    readonly rules: k8s.types.input.rbac.v1.PolicyRule[];
    /** ServiceAccount that gets the rights, in any namespace. */
    readonly account: { readonly name: string; readonly namespace: string };
}

/** Grants a ServiceAccount rights in one namespace. Returns the Role and its RoleBinding. */
export function createGrant(
    name: string,
    { metadata, rules, account }: GrantArgs,
    opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
    return [
        new k8s.rbac.v1.Role(name, { metadata, rules }, opts),
        new k8s.rbac.v1.RoleBinding(
            name,
            {
                metadata,
                roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: metadata.name },
                subjects: [{ kind: "ServiceAccount", name: account.name, namespace: account.namespace }],
            },
            opts,
        ),
    ];
}
