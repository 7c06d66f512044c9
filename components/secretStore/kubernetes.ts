import * as z from "zod";

import { API_SERVER_PORTS, peersFor, PROCESSES } from "../fields/traffic";
import { namespaceName } from "../fields/vocabulary";
import { clusterName, type Release } from "../naming";
import { secretStoreKind } from "./store";

/** Kubernetes Secrets. */
export const kubernetes = secretStoreKind(
    z.strictObject({
        kind: z.literal("kubernetes").describe("Kubernetes Secrets"),
        namespace: namespaceName
            .optional()
            .describe("existing namespace for the Secrets; default: a new namespace, deleted with the stack"),
        acceptShared: z
            .boolean()
            .default(false)
            .describe("true confirms that Keep may read and change every Secret of an existing namespace"),
        removal: z
            .boolean()
            .default(true)
            .describe(
                "with an existing namespace: delete the Secrets that Keep wrote there when the stack is destroyed",
            ),
    }),
    {
        env: {
            SECRET_MANAGER_TYPE: ["keep:secretStore.kind", () => "K8S"],
            K8S_NAMESPACE: ["keep:secretStore.namespace", credentialsNamespace],
        },
        place: (store, release) => [credentialsNamespace(store, release)],
        usesToken: true,
        egress: (_, { apiServer }) => [
            { from: PROCESSES, to: peersFor(apiServer, API_SERVER_PORTS), entity: "kube-apiserver" },
        ],
    },
);

/** Namespace of the Secrets that Keep creates: the configured one, or a separate one. */
export function credentialsNamespace({ namespace }: { readonly namespace?: string }, release: Release): string {
    return namespace ?? clusterName(release, "secrets");
}
