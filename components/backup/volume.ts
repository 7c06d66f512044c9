import * as z from "zod";

import { volume as volumeSettings } from "../fields/volume";
import { dumpImage, Dumps } from "./dumps";
import { backupKind, scheduled } from "./kind";

/** Dumps on a volume of their own. */
export const volume = backupKind(
    z.strictObject({
        kind: z.literal("volume").describe("dumps on a volume of their own in the cluster, which outlives the stack"),
        ...scheduled,
        volume: volumeSettings
            .omit({ retain: true })
            .prefault({})
            .describe(
                "the volume; it needs space for one dump more than count. It is kept when the stack is destroyed",
            ),
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
