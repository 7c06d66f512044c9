import { adoptRules } from "../adoption/rules";
import { authorityRules } from "../airGapped/authorityRules";
import { tlsProxyRules } from "../airGapped/tlsProxy";
import { authRules } from "../auth/rules";
import { trustedHeaderRules } from "../auth/trustedHeaders";
import { backupRules } from "../backup/rules";
import { claimRules } from "../backup/claimRules";
import { parameterRules } from "../database/parameterRules";
import { databaseRules } from "../database/rules";
import { urlParameterRules } from "../database/urlParameterRules";
import { imageRules } from "../fields/imageRules";
import type { Issue } from "../fields/issue";
import { ifReadable, withhold, withholdLater } from "../fields/readable";
import type { Has, Rule } from "../fields/rule";
import { certificateRules } from "../ingress/certificateRules";
import { googleRules } from "../ingress/googleRules";
import { groupRules } from "../ingress/groupRules";
import { hostRules } from "../ingress/hostRules";
import { tailscaleRules } from "../ingress/tailscaleRules";
import { parentRules } from "../ingress/parentRules";
import { ingressRules } from "../ingress/rules";
import { sharedRules } from "../ingress/sharedRules";
import { monitoringRules } from "../monitoring/rules";
import { namespaceRules } from "../namespace";
import { loopbackRules } from "../network/loopback";
import { meshRules } from "../network/mesh";
import { networkRules } from "../network/rules";
import { dnsRules } from "../pods/dnsRules";
import { podNameRules } from "../pods/names";
import { podSecurityRules } from "../pods/security";
import { tokenMountRules } from "../pods/tokenMounts";
import { userRules } from "../pods/users";
import { provisionRules } from "../provision/rules";
import { redisRules } from "../redis/rules";
import { retentionRules } from "../retention/rules";
import { elasticsearchRules } from "../search";
import { secretStoreRules, serviceAccountRules } from "../secretStore/rules";
import { existingSecretsRules } from "../secrets/existing";
import { ownSecretsRules } from "../secrets/ownSecrets";
import type { SecretKeyName } from "../secrets/settings";
import { sizeRules } from "../size/rules";
import { consumerRules } from "../tiers/consumer";
import { commandRules } from "../tiers/commandRules";
import { limitRules } from "../tiers/limitRules";
import { spreadRules } from "../tiers/spreadRules";
import { autoscalingRules, tierRules } from "../tiers/rules";
import { verifyRules } from "../verify/rules";
import { websocketRules } from "../websocket/rules";
import { environmentRules } from "./environmentRules";
import { telemetryRules } from "./telemetryRules";
import { type StackConfig, stackSchema } from "./schema";

/** Top-level keys, including secret keys. */
type TopLevelKey = SecretKeyName | keyof StackConfig;

/**
 * All conditions between keys. Add a condition to the rules of its subject, and a case to the subject's mistakes.yaml.
 */
const rules: readonly Rule<StackConfig, TopLevelKey>[] = [
    ...ingressRules,
    ...parentRules,
    ...certificateRules,
    ...hostRules,
    ...tailscaleRules,
    ...googleRules,
    ...groupRules,
    ...sharedRules,
    ...authRules,
    ...namespaceRules,
    ...podNameRules,
    ...dnsRules,
    ...tokenMountRules,
    ...podSecurityRules,
    ...userRules,
    ...trustedHeaderRules,
    ...secretStoreRules,
    ...serviceAccountRules,
    ...meshRules,
    ...networkRules,
    ...loopbackRules,
    ...authorityRules,
    ...tlsProxyRules,
    ...monitoringRules,
    ...databaseRules,
    ...urlParameterRules,
    ...parameterRules,
    ...claimRules,
    ...adoptRules,
    ...backupRules,
    ...existingSecretsRules,
    ...ownSecretsRules,
    ...retentionRules,
    ...websocketRules,
    ...provisionRules,
    ...redisRules,
    ...tierRules,
    ...autoscalingRules,
    ...spreadRules,
    ...limitRules,
    ...commandRules,
    ...consumerRules,
    ...elasticsearchRules,
    ...sizeRules,
    ...environmentRules,
    ...telemetryRules,
    ...imageRules,
    ...verifyRules,
];

/**
 * The issues of all conditions between keys.
 * @param valid the keys that are valid by themselves. Conditions that read others are skipped.
 * @param ofSecrets conditions that also read a secret
 */
export function ruleIssues(
    valid: object,
    has: Has<TopLevelKey>,
    ofSecrets: readonly Rule<StackConfig, TopLevelKey>[],
): Issue[] {
    const invalid = Object.keys(stackSchema.shape).filter((key) => !Object.hasOwn(valid, key));
    const config = withhold(withholdLater({ ...valid }), invalid) as StackConfig;
    return [...rules, ...ofSecrets].flatMap(
        (rule) => ifReadable(() => rule(config, has).filter((issue) => issue !== false)) ?? [],
    );
}
