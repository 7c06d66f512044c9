import * as z from "zod";

import type { ServerConfig } from "../database/settings";
import { dnsLabel, namespaceName } from "../fields/vocabulary";

/** A release of Keep's Helm chart whose data this stack goes on with. */
export const adopt = z.strictObject({
    helmRelease: dnsLabel(53).describe("name of the release, as helm list shows it"),
    namespace: namespaceName.describe("namespace of the release"),
    fullname: dnsLabel().optional().describe("name of the chart's objects, if fullnameOverride or nameOverride is set"),
});

/** A release of Keep's Helm chart whose data this stack goes on with, validated. */
export type AdoptConfig = z.infer<typeof adopt>;

/** What the chart calls a release's objects (keephq/helm-charts, charts/keep/templates/_helpers.tpl, keep.fullname). */
export function chartFullname({ helmRelease, fullname }: Omit<AdoptConfig, "namespace">): string {
    return fullname ?? (helmRelease.includes("keep") ? helmRelease : `${helmRelease}-keep`);
}

/** The chart's claim for its database (charts/keep/templates/db-pvc.yaml). */
export function chartClaim(adopted: AdoptConfig): string {
    return `${chartFullname(adopted)}-pvc`;
}

/**
 * The claim that has the chart's data: its own, or one that the stack names, such as a restored snapshot of it. A claim that has
 * other data, or none, is refused by the pod of the database (components/database/adopted.ts).
 */
export function adoptedClaim(adopted: AdoptConfig, { volume }: Pick<ServerConfig, "volume">): string {
    return volume.existingClaim ?? chartClaim(adopted);
}
