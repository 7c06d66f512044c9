import * as z from "zod";

import { backupKind } from "./kind";

/** No backup. */
export const none = backupKind(z.strictObject({ kind: z.literal("none").describe("no backup by this program") }), {
    create: () => undefined,
    makesDumps: false,
});
