import * as z from "zod";

import { GUID } from "../fields/guid";
import { input } from "../fields/input";
import { client, CLIENT_SECRET, EE_ENABLED, ENTERPRISE } from "./fields";
import { authProvider } from "./provider";

/** An id of Entra ID, in lower case as in its tokens. */
function guid(what: string) {
    return z
        .string({ error: `is missing. Set it to the ${what} in Entra ID` })
        .toLowerCase()
        .regex(GUID, {
            error: `is not a ${what}. Write it like 11111111-2222-3333-4444-555555555555`,
        });
}

/** A directory of Microsoft Entra ID. */
export const azuread = authProvider(
    z
        .strictObject({
            kind: z.literal("azuread").describe(`Microsoft Entra ID, formerly Azure AD ${ENTERPRISE}`),
            ...client,
            // Keep compares it with the claims appid and azp (azuread_authverifier.py).
            clientId: input(guid("client id")).describe("application (client) id of Keep"),
            tenantId: input(
                // Keep compares the issuer of tokens with it, which has no other name of the directory (azuread_authverifier.py).
                guid("tenant id"),
            ).describe("tenant id of the directory"),
            // Keep compares them with the claim groups (azuread_authverifier.py, AzureADGroupMapper).
            adminGroupId: input(guid("group's object id")).describe("object id of the group with Keep's role admin"),
            nocGroupId: input(guid("group's object id")).describe("object id of the group with Keep's role noc"),
        })
        // Of one id for both, Keep takes the second (azuread_authverifier.py, AzureADGroupMapper).
        .refine(({ adminGroupId, nocGroupId }) => adminGroupId !== nocGroupId, {
            path: ["nocGroupId"],
            error: "is the same group as adminGroupId, so all its members would have the role noc, and nobody the role admin. Use two groups",
        })
        .superRefine((config, context) => {
            for (const key of ["adminGroupId", "nocGroupId"] as const) {
                const other = (["clientId", "tenantId"] as const).find((one) => config[one] === config[key]);
                if (other !== undefined) {
                    const message = `is the same id as ${other}, and that of no group. Set it to the group's object id in Entra ID`;
                    context.addIssue({ code: "custom", path: [key], message });
                }
            }
        })
        .refine(({ clientId, tenantId }) => clientId !== tenantId, {
            path: ["tenantId"],
            error: "is the same id as clientId. Set it to the directory (tenant) id, which Entra ID shows beside the application (client) id",
        }),
    {
        backend: {
            EE_ENABLED,
            KEEP_AZUREAD_TENANT_ID: ["keep:auth.tenantId", ({ tenantId }) => tenantId],
            KEEP_AZUREAD_CLIENT_ID: ["keep:auth.clientId", ({ clientId }) => clientId],
            KEEP_AZUREAD_ADMIN_GROUP_ID: ["keep:auth.adminGroupId", ({ adminGroupId }) => adminGroupId],
            KEEP_AZUREAD_NOC_GROUP_ID: ["keep:auth.nocGroupId", ({ nocGroupId }) => nocGroupId],
        },
        frontend: {
            KEEP_AZUREAD_TENANT_ID: ["keep:auth.tenantId", ({ tenantId }) => tenantId],
            KEEP_AZUREAD_CLIENT_ID: ["keep:auth.clientId", ({ clientId }) => clientId],
            KEEP_AZUREAD_CLIENT_SECRET: ["keep:authClientSecret", (_, secrets) => secrets.authClientSecret],
        },
        secrets: CLIENT_SECRET,
        urls: () => ["https://login.microsoftonline.com"],
        // The claim tid of tokens (azuread_authverifier.py).
        tenantId: ({ tenantId }) => tenantId,
        bringsTenants: ({ kind }) => `keep:auth.kind ${kind}`,
    },
);
