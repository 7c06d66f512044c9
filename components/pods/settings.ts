import type { types } from "@pulumi/kubernetes";
import * as z from "zod";

import { identityAnnotations } from "../fields/cloudIdentity";
import { input } from "../fields/input";
import { addedLabels, labels } from "../fields/labels";
import { kubernetesObject } from "../fields/kubernetes/object";
import { podAnnotations } from "../fields/podAnnotations";
import { objectName } from "../fields/vocabulary";

/** Documentation of all fields of a pod. */
export const POD_REFERENCE = "https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/";

/** Placement and DNS settings of pods. */
export const placement = {
    nodeSelector: labels.default({}).describe("labels that a node must have"),
    tolerations: z
        .array(
            kubernetesObject<types.input.core.v1.Toleration>(
                "V1Toleration",
                "taint that the pods tolerate",
                POD_REFERENCE,
            ),
        )
        .default([])
        .describe("tolerations"),
    affinity: kubernetesObject<types.input.core.v1.Affinity>(
        "V1Affinity",
        "rules about nodes and other pods; Jobs have only its nodeAffinity",
        POD_REFERENCE,
    ).optional(),
    priorityClassName: input(objectName(253)).optional().describe("PriorityClass of the pods"),
    dnsConfig: kubernetesObject<types.input.core.v1.PodDNSConfig>(
        "V1PodDNSConfig",
        "name servers, search domains and options of the resolver. Keep's images have Alpine's resolver, which asks all name servers at once, and adds the domains only to names with fewer dots than ndots",
        POD_REFERENCE,
    ).optional(),
    hostAliases: z
        .array(
            kubernetesObject<types.input.core.v1.HostAlias>(
                "V1HostAlias",
                "address with its host names",
                POD_REFERENCE,
            ),
        )
        .optional()
        .describe("entries of /etc/hosts, such as {ip: 10.0.0.5, hostnames: [db.example.com]}"),
};

/** Annotations and labels of the pods of one component. */
export const podMetadata = {
    podAnnotations: podAnnotations.default({}).describe("annotations of the pods"),
    podLabels: addedLabels.default({}).describe("labels of the pods"),
};

/** Settings of the pods of one component. */
export const podFields = { ...podMetadata, ...placement };

/** Settings of a separate ServiceAccount. Its pods get no token. */
export const accountFields = {
    serviceAccount: z
        .strictObject({
            name: input(objectName(253))
                .optional()
                .describe(
                    "existing ServiceAccount; default: <release>-<component>, which keep:serviceAccount.create creates",
                ),
            annotations: identityAnnotations
                .default({})
                .describe("annotations of the created account, such as an IAM role"),
        })
        .prefault({})
        .describe("identity of the pods in the cluster"),
};

/** Schema of `keep:serviceAccount`, the account of backend, workers, consumer and setup Job. */
export const serviceAccount = z.strictObject({
    create: z
        .boolean()
        .default(true)
        .describe(
            "create the ServiceAccounts: one for the backend, and one without its rights for each other component",
        ),
    name: input(objectName())
        .optional()
        .describe("account of backend, worker, consumer and setup; default: <release>-backend"),
    annotations: identityAnnotations.default({}).describe("annotations of that account, such as an IAM role"),
});

/** `keep:serviceAccount`, validated and with defaults. */
export type ServiceAccountConfig = z.infer<typeof serviceAccount>;

/** Settings of all pods. */
export const pods = z.strictObject({
    annotations: podAnnotations.default({}).describe("annotations of every pod"),
    labels: addedLabels.default({}).describe("labels of every pod"),
    ipv6: z
        .boolean()
        .default(false)
        .describe(
            "listen on IPv6 beside IPv4, for clusters whose pods have IPv6 addresses; the nodes' kernels must have IPv6",
        ),
    ...placement,
});
