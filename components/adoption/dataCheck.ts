import type { types } from "@pulumi/kubernetes";

import type { ServerConfig } from "../database/settings";
import { imageOf } from "../fields/images";
import { container } from "../kubernetes/pod";
import type { DatabaseArgs } from "../database/database";
import type { Engine } from "../database/engine";

/** Name of the container that looks for the data of another release; where it is, the server takes the whole disk for its data. */
export const DATA_CHECK = "check-data";

/** Says what it looked for, and what it found instead. */
const SCRIPT = `
test -e "$DATA/$MARK" && exit 0
ls -lan "$DATA"
echo "The claim $CLAIM holds no data of $ENGINE: $DATA/$MARK is not there, or not readable for user $(id -u)." \\
    "Nothing was started or changed, because the server would begin an empty database." \\
    "A hostPath volume has its files on one node, which keep:database.nodeSelector chooses."
exit 1
`.trim();

/**
 * Refuses to start a server where its image would initialise an empty database in place of the one to adopt: on another
 * claim, another node's hostPath, or files of another make.
 */
export function dataCheck(
    engine: Engine,
    dataDirectory: string,
    claimName: string,
    { config, images, release }: DatabaseArgs<ServerConfig>,
): types.input.core.v1.Container {
    return container({
        name: DATA_CHECK,
        image: imageOf(images, engine.kind, release.version),
        pullPolicy: images.pullPolicy,
        command: ["/bin/sh", "-c", SCRIPT],
        env: { DATA: dataDirectory, MARK: engine.adoption?.marker, CLAIM: claimName, ENGINE: engine.kind },
        resources: config.resources ?? engine.server.resources,
        mounts: [{ name: "data", mountPath: engine.server.mountPath, readOnly: true }],
    });
}
