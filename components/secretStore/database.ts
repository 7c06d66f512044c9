import * as z from "zod";

import { secretStoreKind } from "./store";

/** A table of Keep's database. */
export const database = secretStoreKind(
    z.strictObject({
        kind: z
            .literal("database")
            .describe("a table of Keep's database, in plain text; needs no rights in the cluster"),
    }),
    {
        env: { SECRET_MANAGER_TYPE: ["keep:secretStore.kind", () => "DB"] },
        place: () => [],
        usesToken: false,
    },
);
