import * as z from "zod";

import { session } from "./fields";
import { authProvider } from "./provider";

/** Users in Keep's own database. */
export const db = authProvider(
    z.strictObject({
        kind: z.literal("db").describe("users in Keep's database; the first gets a generated password"),
        ...session,
        username: z
            .string()
            .regex(/^\S+$/, { error: "is empty or contains whitespace. Name the first user, such as keep" })
            .default("keep")
            .describe("name of the first user"),
    }),
    {
        backend: {
            KEEP_DEFAULT_USERNAME: ["keep:auth.username", ({ username }) => username],
            KEEP_DEFAULT_PASSWORD: ["keep:firstUserPassword", (_, { firstUserPassword }) => firstUserPassword],
        },
        frontend: {},
        // Generated if it is not set.
        secrets: {
            firstUserPassword: {
                isRequired: false,
                reference: ["existingSecrets.firstUserPassword", (_, existing) => existing.firstUserPassword],
            },
        },
    },
);
