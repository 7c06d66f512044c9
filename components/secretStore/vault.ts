import * as z from "zod";

import { hostOf, peersFor, portOf, PROCESSES } from "../fields/traffic";
import { input } from "../fields/input";
import { httpUrl } from "../fields/url";
import { whenKnown } from "../fields/readable";
import { secretStoreKind } from "./store";

/** HashiCorp Vault. */
export const vault = secretStoreKind(
    z
        .strictObject({
            kind: z
                .literal("vault")
                .describe("HashiCorp Vault, KV v2 at secret/; Keep signs in with its ServiceAccount"),
            address: input(
                httpUrl("address of Vault", "https://vault.example.com", {
                    endpoints: /\/(v1(\/(auth|secret|sys)(\/.*)?)?|ui(\/vault(\/.*)?)?)$/,
                }),
            ).describe("address of Vault"),
            namespace: z
                .string()
                .regex(/^(\/|(?!.*(^|\/)\.{1,2}(\/|$))[^\s/?#]+(\/[^\s/?#]+)*\/?)$/, {
                    error: "is not a namespace of Vault. Write it like teams/alerting",
                })
                // Servers without namespaces ignore it (http/util.go of hashicorp/vault, adjustRequest).
                .default("root")
                .describe("namespace of Vault Enterprise or OpenBao; in OpenBao before 2.4, the root is `/`"),
            role: input(
                // GenericNameRegex in sdk/framework of hashicorp/vault
                z.string().regex(/^\w([\w.-]*\w)?$/, {
                    error: "is not the name of a role of Vault's Kubernetes auth method. Use letters, digits, underscores, dots and dashes, such as keep",
                }),
            ).describe("role of the Kubernetes auth method"),
        })
        // https://developer.hashicorp.com/hcp/docs/vault/constraints-and-limitations
        .check(
            whenKnown(
                ({ address, namespace }) =>
                    !new URL(address).hostname.endsWith(".hashicorp.cloud") || /^admin(\/|$)/.test(namespace),
                {
                    path: ["namespace"],
                    error: "is not below admin, as all namespaces of HCP Vault are. Set it to admin, or to one below it, such as admin/alerting",
                },
            ),
        ),
    {
        env: {
            SECRET_MANAGER_TYPE: ["keep:secretStore.kind", () => "VAULT"],
            HASHICORP_VAULT_ADDR: ["keep:secretStore.address", ({ address }) => address],
            // The spelling in Keep (keep/secretmanager/vaultsecretmanager.py).
            HASHICORP_VALUT_NAMESPACE: ["keep:secretStore.namespace", ({ namespace }) => namespace],
            HASHICORP_VAULT_USE_K8S: ["keep:secretStore.kind", () => "true"],
            HASHICORP_VAULT_K8S_ROLE: ["keep:secretStore.role", ({ role }) => role],
        },
        place: ({ address, namespace }) => [address, namespace],
        usesToken: true,
        egress: ({ address }, { secretStore }) => [
            { from: PROCESSES, to: peersFor(secretStore, [portOf(address)], hostOf(address)) },
        ],
    },
);
