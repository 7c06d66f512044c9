import { z } from "zod";

import type { ApiClient } from "../api/client";

/** Who may do what, as SubjectAccessReview asks it. */
export interface AccessQuestion {
    readonly verb: string;
    /** Resource with its group, such as `secrets` or `deployments.apps`. */
    readonly resource: string;
    readonly namespace: string;
}

/** A ServiceAccount by its namespace and name. */
export interface Account {
    readonly namespace: string;
    readonly name: string;
}

/** What an account is meant to be able to do: these verbs on these resources, in one namespace. */
export interface Grant {
    readonly namespace: string;
    readonly resource: string;
    readonly verbs: readonly string[];
}

const VERBS = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];

const RESOURCES = [
    "secrets",
    "configmaps",
    "pods",
    "pods/exec",
    "services",
    "serviceaccounts/token",
    "persistentvolumeclaims",
    "events",
    "deployments.apps",
    "jobs.batch",
    "roles.rbac.authorization.k8s.io",
    "rolebindings.rbac.authorization.k8s.io",
];

const CLUSTER_RESOURCES = ["namespaces", "nodes", "persistentvolumes", "clusterroles.rbac.authorization.k8s.io"];

const review = z.object({ status: z.object({ allowed: z.boolean() }) });

/** Asks the API server whether a ServiceAccount may do something. */
export async function isAllowed(
    client: ApiClient,
    account: Account,
    { verb, resource, namespace }: AccessQuestion,
): Promise<boolean> {
    const [path, group] = splitOnce(resource, ".");
    const [name, subresource] = splitOnce(path, "/");
    const { body } = await client.request("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", {
        apiVersion: "authorization.k8s.io/v1",
        kind: "SubjectAccessReview",
        spec: {
            user: `system:serviceaccount:${account.namespace}:${account.name}`,
            groups: ["system:serviceaccounts", `system:serviceaccounts:${account.namespace}`, "system:authenticated"],
            resourceAttributes: { verb, group, resource: name, subresource, namespace },
        },
    });
    return review.parse(body).status.allowed;
}

/** The account can do what it is granted, and nothing else in any of the namespaces or in the cluster at large. */
export async function accessFindings(
    client: ApiClient,
    account: Account,
    grants: readonly Grant[],
    namespaces: readonly string[],
): Promise<readonly string[]> {
    const questions = VERBS.flatMap((verb) => [
        ...namespaces.flatMap((namespace) =>
            RESOURCES.map((resource): AccessQuestion => ({ verb, resource, namespace })),
        ),
        ...[...CLUSTER_RESOURCES, "secrets"].map((resource): AccessQuestion => ({ verb, resource, namespace: "" })),
    ]);
    const answers = await Promise.all(
        questions.map(async (question) => {
            const allowed = await isAllowed(client, account, question);
            const granted = grants.some((grant) => covers(grant, question));
            if (allowed === granted) return [];
            const where = question.namespace === "" ? "the whole cluster" : question.namespace;
            return [`${account.name} ${allowed ? "can" : "can't"} ${question.verb} ${question.resource} in ${where}`];
        }),
    );
    return answers.flat();
}

function covers(grant: Grant, { verb, resource, namespace }: AccessQuestion): boolean {
    return grant.namespace === namespace && grant.resource === resource && grant.verbs.includes(verb);
}

function splitOnce(text: string, separator: string): [string, string] {
    const at = text.indexOf(separator);
    return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
