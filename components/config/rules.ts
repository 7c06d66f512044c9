import type { Problem } from "./problems";
import { accessRules } from "./rules/access";
import { adoptRules } from "./rules/adopt";
import { consumerRules } from "./rules/consumer";
import { databaseRules } from "./rules/database";
import { elasticsearchRules } from "./rules/elasticsearch";
import { environmentRules } from "./rules/environment";
import { imageRules } from "./rules/images";
import { operationsRules } from "./rules/operations";
import { provisionRules } from "./rules/provision";
import { redisRules } from "./rules/redis";
import type { HasKey, Rule } from "./rules/rule";
import { sizeRules } from "./rules/size";
import { websocketRules } from "./rules/websocket";
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
export function ruleProblems(config: Partial<StackConfig>, valid: ReadonlySet<string>, has: HasKey): Problem[] {
    return rules
        .filter(({ reads }) => reads.every((key) => valid.has(key)))
        .flatMap(({ check }) => check(config as StackConfig, has))
        .filter((problem) => problem !== false);
}
