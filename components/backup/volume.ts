import * as z from "zod";

import { checkVolume, claimAnnotations, volumeFields } from "../fields/volume";
import { dumpImage, Dumps } from "./dumps";
import { backupKind, scheduledDumps } from "./kind";

/** Dumps on a separate volume. */
export const volume = backupKind(
    z.strictObject({
        kind: z
            .literal("volume")
            .describe("dumps on a separate volume in the cluster, which stays when the stack is destroyed"),
        ...scheduledDumps,
        volume: volumeFields
            .omit({ retain: true })
            .extend({
                annotations: claimAnnotations("Remove it, because this claim stays when the stack is destroyed"),
            })
            .superRefine(checkVolume)
            .prefault({})
            .describe("volume with space for count dumps and one more; it stays when the stack is destroyed"),
    }),
    {
        create: (name, args, opts) => {
            const { volume, count } = args.backup;
            const store = {
                name: "prune",
                image: dumpImage(args.config),
                script: "prune.sh",
                env: { COUNT: String(count) },
            };
            new Dumps(name, { ...args, store, place: { volume } }, opts);
        },
        makesDumps: true,
    },
);
