import type * as pulumi from "@pulumi/pulumi";

import type { ImagesConfig } from "./fields/images";
import type { Release } from "./naming";

/** Values that all components of a release need, and the settings of one subject. */
export interface Context<Config> {
    readonly release: Release;
    /** Validated, and with defaults. */
    readonly config: Config;
    readonly images: ImagesConfig;
    /** Whether pods set user IDs. On OpenShift, the platform assigns them. */
    readonly fixedUser: boolean;
    /** Whether servers listen on IPv6 in addition to IPv4. */
    readonly ipv6: boolean;
    /** Key of the hashes of secrets that pods read when they start. */
    readonly fingerprintKey: pulumi.Input<string>;
}
