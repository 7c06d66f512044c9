import type { EdgeConfig, IngressConfig } from "./settings";
import type { Release } from "../naming";
import type { Endpoints } from "./paths";
import type { Site } from "./site";

/** What the way in of a stack is made from. */
export interface IngressArgs<C extends IngressConfig = IngressConfig> {
    readonly release: Release;
    readonly config: C;
    /** `keep:publicUrl`. */
    readonly publicUrl: string;
    /** The tiers behind it. */
    readonly endpoints: Endpoints;
}

/** What every kind of way in is made from: one class a kind, all with these arguments. */
export interface WayInArgs<C extends EdgeConfig = EdgeConfig> {
    readonly release: Release;
    readonly config: C;
    readonly endpoints: Endpoints;
    readonly site: Site;
}
