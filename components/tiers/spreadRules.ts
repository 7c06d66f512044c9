import { issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { type LabelSelector, selects } from "../kubernetes/labelSelector";
import { releaseOf, type ReleaseSettings, scopeOf } from "../naming";
import { hasLater, isLater } from "../tokens";
import type { TierConfig } from "./settings";

/** Tiers with a setting `topologySpread`. */
const SPREAD = ["backend", "frontend", "websocket", "worker"] as const;

interface SpreadTier extends Partial<Pick<TierConfig, "podLabels" | "topologySpread">> {
    /** Of the websocket server, which can be outside the cluster. */
    readonly kind?: string;
}

interface Settings extends ReleaseSettings, Readonly<Record<(typeof SPREAD)[number], SpreadTier>> {
    readonly pods: { readonly labels: Readonly<Record<string, string>> };
}

/** Conditions on the spread of a tier: its selectors select the tier's own pods, and each key decides once. */
export const spreadRules: readonly Rule<Settings>[] = SPREAD.map((tier) => (settings) => {
    const { podLabels, topologySpread = [] } = settings[tier];
    const { labels, selector: own } = scopeOf(releaseOf(settings), tier);
    const podsLabels = { ...settings.pods.labels, ...podLabels, ...labels };
    return topologySpread.flatMap(({ labelSelector, matchLabelKeys }, index) => {
        const given = labelSelector as LabelSelector | null | undefined;
        const path = [tier, "topologySpread", String(index)];
        if (containsLater([labelSelector, matchLabelKeys, podsLabels])) {
            return [];
        }
        if (given === undefined || given === null) {
            const keys = ((matchLabelKeys ?? []) as string[]).filter((key) => Object.hasOwn(own, key));
            return keys.map((key) =>
                issue([...path, "matchLabelKeys"], `contains ${key}, a label of the default labelSelector. Remove it`),
            );
        }
        const message = `selects other pods than those of keep:${tier}. Remove it: the default selects them by {matchLabels: {app.kubernetes.io/component: ${tier}}} and the labels of the release`;
        return [!selects(given, podsLabels) && issue([...path, "labelSelector"], message, { value: given })];
    });
});

function containsLater(value: unknown): boolean {
    return (
        isLater(value) ||
        hasLater(value) ||
        (typeof value === "object" && value !== null && Object.values(value).some(containsLater))
    );
}
