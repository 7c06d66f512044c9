import * as z from "zod";

import { isToken } from "../tokens";
import { GUID } from "./guid";
import { annotations } from "./labels";
import { isTypo, nearest } from "./nearest";

/** What an annotation must contain: a pattern, and the message for another value. */
interface Form {
    readonly pattern: RegExp;
    readonly fault: string;
}

const clientId: Form = {
    pattern: GUID,
    fault: "is not an id of Azure. Copy it from the managed identity, such as 11111111-2222-3333-4444-555555555555",
};

/**
 * Annotations of a ServiceAccount: those by which clouds give an identity to its pods, and one that Kubernetes reads. A token service
 * rejects other values when a pod first uses the identity. Sources:
 * https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html,
 * https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity,
 * https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html.
 */
const FORMS: Readonly<Record<string, Form>> = {
    "eks.amazonaws.com/role-arn": {
        pattern: /^arn:aws[a-z-]*:iam::[0-9]{12}:role\/[\w+=,.@/-]+$/,
        fault: "is not the ARN of a role. Copy it from IAM, such as arn:aws:iam::111122223333:role/keep",
    },
    "iam.gke.io/gcp-service-account": {
        pattern: /^[a-z0-9][a-z0-9-]*@[a-z0-9.-]+\.gserviceaccount\.com$/,
        fault: "is not the email of a service account. Copy it from IAM, such as keep@my-project.iam.gserviceaccount.com",
    },
    "azure.workload.identity/client-id": clientId,
    "azure.workload.identity/tenant-id": clientId,
    // plugin/pkg/admission/serviceaccount/admission.go of Kubernetes, limitSecretReferences
    "kubernetes.io/enforce-mountable-secrets": {
        pattern: /^(?!(1|t|true)$)/i,
        fault: "makes the API server reject pods with Secrets that the account does not list, and no setting lists any. Remove it",
    },
};

/** Annotations of a ServiceAccount, with identities in the form that their cloud takes. */
export const identityAnnotations = annotations.superRefine((map, context) => {
    for (const [name, value] of Object.entries(map)) {
        const form = Object.hasOwn(FORMS, name) ? FORMS[name] : undefined;
        const message =
            form === undefined ? nameFault(name) : isToken(value) || form.pattern.test(value) ? undefined : form.fault;
        if (message !== undefined) {
            context.addIssue({ code: "custom", path: [name], message });
        }
    }
});

/**
 * The message for a misspelt name of an identity, such as `role_arn` or `eks.amazon.com/role-arn`. Clouds have other names at these
 * domains, and the webhook of AWS reads those of a domain of your choice (--annotation-prefix), such as sts.amazonaws.com.
 */
function nameFault(name: string): string | undefined {
    const [domain = "", own = ""] = name.split("/");
    const lettersOf = (one: string) => one.replaceAll(/[-_]/g, "");
    const meant = Object.keys(FORMS).find((known) => {
        const [knownDomain = "", knownOwn = ""] = known.split("/");
        return (
            domain.split(".")[0] === knownDomain.split(".")[0] &&
            nearest(domain, [knownDomain]) !== undefined &&
            isTypo(lettersOf(own), lettersOf(knownOwn))
        );
    });
    return meant && `is no annotation that a cloud reads, so it gives the pods no identity. Perhaps you meant ${meant}`;
}

/** Region of AWS. The last part of an availability zone, such as the letter in eu-west-1a, is not part of it. */
export const awsRegion = z.string().regex(/^[a-z]{2,}(-[a-z]+)+-[0-9]+$/, {
    error: "is not an AWS region. Write it like eu-west-1, without the letter of an availability zone",
});
