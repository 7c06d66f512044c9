import * as z from "zod";

import { switches } from "../fields/switch";
import { count, keyReference, resources } from "../fields/vocabulary";
import { accountFields, podMetadata } from "../pods/settings";

/** Schema of `keep:verify`. */
export const verify = z
    .strictObject({
        enabled: z
            .boolean()
            .default(false)
            .describe("check the public URL with a Job at the end of each pulumi up that changes something"),
        apiKeySecret: keyReference
            .optional()
            .describe(
                "key of an existing Secret with an API key of role admin; default: sign in as the first user. Required with an identity provider",
            ),
        timeoutSeconds: count(60)
            .default(600)
            .describe("how long failing checks are repeated: certificates and DNS take time"),
        resources: resources.optional().describe("requests and limits; the default fits any size"),
        ...podMetadata,
        ...accountFields,
    })
    .register(switches, { key: "enabled" });

/** `keep:verify`, validated and with defaults. */
export type VerifyConfig = z.infer<typeof verify>;
