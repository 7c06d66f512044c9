import * as z from "zod";

import type { ServerConfig } from "../database/settings";
import { dnsLabel, namespaceName } from "../fields/vocabulary";

/** A release of Keep's Helm chart whose data the stack adopts. */
export const adopt = z.strictObject({
    helmRelease: dnsLabel(53).describe("name of the release, as helm list shows it"),
    namespace: namespaceName.describe("namespace of the release"),
    fullname: dnsLabel().optional().describe("name of the chart's objects, if fullnameOverride or nameOverride is set"),
});

/** A release of Keep's Helm chart whose data the stack adopts, validated. */
export type AdoptConfig = z.infer<typeof adopt>;

/** Name of the chart's objects (keephq/helm-charts, charts/keep/templates/_helpers.tpl, keep.fullname). */
export function chartFullname({ helmRelease, fullname }: Omit<AdoptConfig, "namespace">): string {
    return fullname ?? (helmRelease.includes("keep") ? helmRelease : `${helmRelease}-keep`);
}

/** The chart's claim for its database (charts/keep/templates/db-pvc.yaml). */
export function chartClaim(adopted: AdoptConfig): string {
    return `${chartFullname(adopted)}-pvc`;
}

/**
 * The claim with the chart's data: that of the chart, or the setting `existingClaim`, such as a restored snapshot. If
 * the claim does not contain the data, the database's pod does not start (dataCheck.ts).
 */
export function adoptedClaim(adopted: AdoptConfig, { volume }: Pick<ServerConfig, "volume">): string {
    return volume.existingClaim ?? chartClaim(adopted);
}
