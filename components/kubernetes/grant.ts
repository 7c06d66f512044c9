import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** Rights in one namespace, and whose they are. */
export interface GrantArgs {
    /** Of Role and RoleBinding, which have one name. */
    readonly metadata: {
        readonly name: string;
        readonly namespace: string;
        readonly labels: Readonly<Record<string, string>>;
    };
    readonly rules: k8s.types.input.rbac.v1.PolicyRule[];
    /** ServiceAccount that gets them, of any namespace. */
    readonly account: { readonly name: string; readonly namespace: string };
}

/** Gives a ServiceAccount rights in one namespace: a Role and its RoleBinding, which are what it returns. */
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
