import * as z from "zod";

import { autoCreateUsers, session, truth } from "./fields";
import { authProvider } from "./provider";

const header = (standard: string, what: string) =>
    z
        .string()
        .regex(/^[A-Za-z0-9-]+$/, { error: `is not the name of a header. Write it like ${standard}` })
        .transform((name) => name.toLowerCase())
        .default(standard)
        .describe(what);

/** Groups with one of Keep's roles. In Keep's environment, they are separated by commas. */
const groups = (role: string) =>
    z
        .array(z.string().regex(/^[^,\s][^,]*$/, { error: "is empty or contains a comma. Write one group per entry" }))
        .default([])
        .describe(`groups with Keep's role ${role}, in addition to the group ${role}`);

const list = (names: readonly string[]) => (names.length === 0 ? undefined : names.join(","));

/** An OAuth2 Proxy that the user runs, and whose headers Keep trusts. */
export const oauth2proxy = authProvider(
    z.strictObject({
        kind: z.literal("oauth2proxy").describe("an OAuth2 Proxy in front of Keep; Keep trusts its headers"),
        ...session,
        userHeader: header("x-forwarded-email", "header with the user's name"),
        groupsHeader: header("x-forwarded-groups", "header with the user's groups, separated by commas"),
        emailHeader: header("x-forwarded-email", "header with the user's email address, for the user interface"),
        accessTokenHeader: header("x-forwarded-access-token", "header with the access token, for the user interface"),
        adminGroups: groups("admin"),
        nocGroups: groups("noc"),
        webhookGroups: groups("webhook"),
        autoCreateUsers,
        edgeSetsHeaders: z
            .boolean()
            .default(false)
            .describe(
                "true confirms that the edge overwrites these headers on every path, so that nobody can forge them",
            ),
    }),
    {
        backend: {
            KEEP_OAUTH2_PROXY_USER_HEADER: ["keep:auth.userHeader", (auth) => auth.userHeader],
            KEEP_OAUTH2_PROXY_ROLE_HEADER: ["keep:auth.groupsHeader", (auth) => auth.groupsHeader],
            KEEP_OAUTH2_PROXY_ADMIN_ROLES: ["keep:auth.adminGroups", (auth) => list(auth.adminGroups)],
            KEEP_OAUTH2_PROXY_NOC_ROLES: ["keep:auth.nocGroups", (auth) => list(auth.nocGroups)],
            KEEP_OAUTH2_PROXY_WEBHOOK_ROLES: ["keep:auth.webhookGroups", (auth) => list(auth.webhookGroups)],
            KEEP_OAUTH2_PROXY_AUTO_CREATE_USER: ["keep:auth.autoCreateUsers", (auth) => truth(auth.autoCreateUsers)],
        },
        frontend: {
            KEEP_OAUTH2_PROXY_USER_HEADER: ["keep:auth.userHeader", (auth) => auth.userHeader],
            KEEP_OAUTH2_PROXY_ROLE_HEADER: ["keep:auth.groupsHeader", (auth) => auth.groupsHeader],
            KEEP_OAUTH2_PROXY_EMAIL_HEADER: ["keep:auth.emailHeader", (auth) => auth.emailHeader],
            KEEP_OAUTH2_PROXY_ACCESS_TOKEN_HEADER: ["keep:auth.accessTokenHeader", (auth) => auth.accessTokenHeader],
        },
    },
);
