import * as z from "zod";

import { session } from "./fields";
import { authProvider } from "./provider";

/** No sign-in. */
export const noauth = authProvider(
    z.strictObject({
        kind: z.literal("noauth").describe("no sign-in: everyone who can reach Keep is an administrator"),
        ...session,
        acceptPublic: z
            .boolean()
            .default(false)
            .describe("true confirms this for a public address, and for each ingress and Service that you add later"),
    }),
    {
        // Keep also creates a first user without sign-in. By default, the password of the user "keep" would be "keep".
        backend: { KEEP_DEFAULT_PASSWORD: ["keep:firstUserPassword", (_, secrets) => secrets.firstUserPassword] },
        frontend: {},
    },
);
