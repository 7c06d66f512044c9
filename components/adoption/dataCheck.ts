import type { types } from "@pulumi/kubernetes";

import type { ServerConfig } from "../database/settings";
import { imageOf } from "../fields/images";
import { container } from "../kubernetes/pod";
import type { DatabaseArgs } from "../database/database";
import type { Engine } from "../database/engine";

/** Name of the container that checks for adopted data. */
export const DATA_CHECK = "check-data";

/** Fails with a message if the marker file of the data does not exist. */
const SCRIPT = `
test -e "$DATA/$MARK" && exit 0
ls -lan "$DATA"
echo "The claim $CLAIM holds no data of $ENGINE: $DATA/$MARK is not there, or not readable for user $(id -u)." \\
    "Nothing was started or changed, because the server would begin an empty database." \\
    "A hostPath volume has its files on one node, which keep:database.nodeSelector chooses."
exit 1
`.trim();

/**
 * An init container that fails if the volume does not contain the data to adopt, for example because of another claim,
 * a hostPath on another node, or another database engine. Otherwise, the server's image would initialize an empty
 * database.
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
