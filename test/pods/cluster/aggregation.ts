import { writeFileSync } from "node:fs";
import path from "node:path";

import { createCertificate } from "../../support/certificate";

/** Name by which the API server presents itself to servers of further APIs. */
const PROXY = "front-proxy-client";

/**
 * Arguments by which the API server passes requests on to servers of further APIs, such as metrics-server
 * (https://kubernetes.io/docs/tasks/extend-kubernetes/configure-aggregation-layer/). It is on no node, so that it reaches them
 * by the addresses of their pods, and not by that of their Service.
 */
export function aggregationArguments(folder: string): readonly string[] {
    const { certificate, key } = createCertificate([PROXY]);
    const file = (name: string, content: string) => {
        const written = path.join(folder, name);
        writeFileSync(written, content, { mode: 0o600 });
        return written;
    };
    const certificateFile = file("front-proxy.crt", certificate);
    return [
        // It has signed itself.
        `--requestheader-client-ca-file=${certificateFile}`,
        `--proxy-client-cert-file=${certificateFile}`,
        `--proxy-client-key-file=${file("front-proxy.key", key)}`,
        `--requestheader-allowed-names=${PROXY}`,
        "--requestheader-username-headers=X-Remote-User",
        "--requestheader-group-headers=X-Remote-Group",
        "--requestheader-extra-headers-prefix=X-Remote-Extra-",
        "--enable-aggregator-routing=true",
    ];
}
