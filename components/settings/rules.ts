import type { Issue } from "./issues";
import { accessRules } from "../monitoring/accessRules";
import { adoptRules } from "../adoption/rules";
import { consumerRules } from "../tiers/consumer";
import { databaseRules } from "../database/rules";
import { elasticsearchRules } from "../search/rules";
import { environmentRules } from "./environmentRules";
import { imageRules } from "../fields/imageRules";
import { operationsRules } from "../operations/rules";
import { provisionRules } from "../provision/rules";
import { redisRules } from "../redis/rules";
import type { HasKey, Rule } from "./rule";
import { sizeRules } from "../size/rules";
import { websocketRules } from "../websocket/rules";
import type { StackConfig } from "./schema";

/** Every condition between keys. Add one to its subject in rules/, and a case to the subject's test. */
const rules: readonly Rule[] = [
    ...accessRules,
    ...databaseRules,
    ...adoptRules,
    ...operationsRules,
    ...websocketRules,
    ...provisionRules,
    ...redisRules,
    ...consumerRules,
    ...elasticsearchRules,
    ...sizeRules,
    ...environmentRules,
    ...imageRules,
];

/** The problems between keys. `valid` names the keys that are fine by themselves. */
export function ruleProblems(config: Partial<StackConfig>, valid: ReadonlySet<string>, has: HasKey): Issue[] {
    return rules
        .filter(({ reads }) => reads.every((key) => valid.has(key)))
        .flatMap(({ check }) => check(config as StackConfig, has))
        .filter((problem) => problem !== false);
}
