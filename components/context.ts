import type * as pulumi from "@pulumi/pulumi";

import type { ImagesConfig } from "./fields/images";
import type { Release } from "./naming";

/** What the objects of a release have in common, and the settings that one subject reads. */
export interface Context<Config> {
    readonly release: Release;
    /** Validated, and with defaults. */
    readonly config: Config;
    readonly images: ImagesConfig;
    /** Whether pods set user ids. On OpenShift the platform assigns them. */
    readonly fixedUser: boolean;
    /** Whether servers listen on IPv6 beside IPv4. */
    readonly ipv6: boolean;
    /** Key for fingerprints of secrets that pods read when they start. */
    readonly fingerprintKey: pulumi.Input<string>;
}
