import * as z from "zod";

import { session } from "./fields";
import { authProvider } from "./provider";

/** No sign-in. */
export const noauth = authProvider(
    z.strictObject({
        kind: z.literal("noauth").describe("no sign-in: everyone who can reach Keep is an administrator"),
        ...session,
        acceptPublic: z.boolean().default(false).describe("true confirms this for a public address"),
    }),
    {
        // Keep creates a first user here, too; without a password of ours the user "keep" would have the password "keep".
        backend: { KEEP_DEFAULT_PASSWORD: ["keep:firstUserPassword", (_, secrets) => secrets.firstUserPassword] },
        frontend: {},
    },
);
