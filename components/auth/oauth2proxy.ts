import * as z from "zod";

import { autoCreateUsers, session, truth } from "./fields";
import { authProvider } from "./provider";

/** Headers that clients or other proxies set, so that they do not prove a sign-in. */
const USUAL_HEADERS =
    /^(accept|access-control|cache|content|forwarded|if|sec)(-.*)?$|^(authorization|connection|cookie|date|expect|from|host|origin|pragma|proxy-authorization|proxy-connection|range|referer|te|trailer|transfer-encoding|upgrade|user-agent|via|x-forwarded-(for|host|port|proto|server|uri)|x-real-ip|x-request-id|x-api-key)$/;

const header = (standard: string, what: string, usual = USUAL_HEADERS) =>
    z
        .string()
        .regex(/^[A-Za-z0-9-]+$/, { error: `is not the name of a header. Write it like ${standard}` })
        .transform((name) => name.toLowerCase())
        .refine((name) => !usual.test(name), {
            error: `is a header that every client can send. Use one that the proxy sets, such as ${standard}`,
        })
        .default(standard)
        .describe(what);

/** Groups with one of Keep's roles. In Keep's environment, they are separated by commas. */
const groups = (role: string) =>
    z
        .array(
            z.string().regex(/^[^,\s]([^,]*[^,\s])?$/, {
                error: "is empty, contains a comma or ends with a blank. Write one group per entry",
            }),
        )
        .default([])
        .describe(`groups with Keep's role ${role}, in addition to the group ${role}`);

const list = (names: readonly string[]) => (names.length === 0 ? undefined : names.join(","));

interface Names {
    readonly userHeader: string;
    readonly groupsHeader: string;
    readonly emailHeader: string;
    readonly accessTokenHeader: string;
    readonly adminGroups: readonly string[];
    readonly nocGroups: readonly string[];
    readonly webhookGroups: readonly string[];
}

/** Each header has one meaning, except that the email address may be the user's name; each group has one role. */
function checkNames(auth: Names, context: z.RefinementCtx): void {
    const { userHeader, emailHeader, groupsHeader, accessTokenHeader } = auth;
    const others = [
        ["groupsHeader", groupsHeader, { userHeader, emailHeader }],
        ["accessTokenHeader", accessTokenHeader, { userHeader, emailHeader, groupsHeader }],
    ] as const;
    for (const [path, name, all] of others) {
        for (const [other] of Object.entries(all).filter(([, taken]) => taken === name)) {
            const message = `is the same as ${other}. Use the header in which the proxy sends this value`;
            context.addIssue({ code: "custom", path: [path], message });
        }
    }
    const roles = new Map<string, string>([
        ["admin", "admin"],
        ["noc", "noc"],
        ["webhook", "webhook"],
    ]);
    for (const role of ["admin", "noc", "webhook"] as const) {
        auth[`${role}Groups`].forEach((group, index) => {
            const other = roles.get(group);
            if (other !== undefined && other !== role) {
                const message = `already has the role ${other}. Remove it from one of the two`;
                context.addIssue({ code: "custom", path: [`${role}Groups`, index], message });
            }
            roles.set(group, role);
        });
    }
}

/** An OAuth2 Proxy that the user runs, and whose headers Keep trusts. */
export const oauth2proxy = authProvider(
    z
        .strictObject({
            kind: z.literal("oauth2proxy").describe("an OAuth2 Proxy in front of Keep; Keep trusts its headers"),
            ...session,
            userHeader: header("x-forwarded-email", "header with the user's name"),
            groupsHeader: header("x-forwarded-groups", "header with the user's groups, separated by commas"),
            emailHeader: header("x-forwarded-email", "header with the user's email address, for the user interface"),
            accessTokenHeader: header(
                "x-forwarded-access-token",
                "header with the access token, for the user interface",
                /^(cookie|host)$/,
            ),
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
        })
        .superRefine(checkNames),
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
