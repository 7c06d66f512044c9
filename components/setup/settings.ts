import * as z from "zod";

import { count, resources } from "../fields/vocabulary";
import { podMetadata } from "../pods/settings";

/** Schema of `keep:setup`. */
export const setup = z.strictObject({
    timeoutSeconds: count(60).default(1800).describe("how long migrations and provisioning may take"),
    retries: count(0).default(3).describe("how often a failed attempt is repeated"),
    resources: resources.optional().describe("requests and limits; default: those of the backend"),
    ...podMetadata,
});
