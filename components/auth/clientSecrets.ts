import type * as pulumi from "@pulumi/pulumi";

import type { ConfiguredSecrets, KeepConfig } from "../settings/resolve";
import type { SecretKeyRef } from "../kubernetes/env";
import { type Release, secretName } from "../naming";
import type { AuthSecrets } from "./env";

/** What an identity provider gave out to Keep, its client. */
export interface ClientSecrets {
    /** Contents of a Secret called `auth`, to be made when there are any. */
    readonly values: Record<string, pulumi.Output<string>>;
    /** Where each secret stands: in that Secret, or in one that exists already. */
    readonly references: Omit<AuthSecrets, "firstUserPassword">;
}

/** The secrets of an identity provider: those of the stack file for a Secret of ours, and where each of them stands. */
export function clientSecrets(
    release: Release,
    { auth, secrets }: Pick<KeepConfig, "auth" | "secrets">,
): ClientSecrets {
    const own = (value: keyof ConfiguredSecrets, key: string): SecretKeyRef | undefined =>
        secrets[value] === undefined ? undefined : { secret: { name: secretName(release, "auth"), key } };
    const existing = (secret: SecretKeyRef["secret"] | undefined): SecretKeyRef | undefined =>
        secret === undefined ? undefined : { secret };
    const { authClientSecret, keycloakAdminPassword, oktaApiToken } = secrets;
    return {
        values: {
            ...(authClientSecret === undefined ? {} : { "client-secret": authClientSecret }),
            ...(keycloakAdminPassword === undefined ? {} : { "admin-password": keycloakAdminPassword }),
            ...(oktaApiToken === undefined ? {} : { "api-token": oktaApiToken }),
        },
        references: {
            clientSecret:
                own("authClientSecret", "client-secret") ??
                existing("clientSecret" in auth ? auth.clientSecret : undefined),
            adminPassword:
                own("keycloakAdminPassword", "admin-password") ??
                existing(auth.kind === "keycloak" ? auth.adminPassword : undefined),
            apiToken: own("oktaApiToken", "api-token"),
        },
    };
}
