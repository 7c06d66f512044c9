import { PolicyPack } from "@pulumi/policy";

import { rules } from "./rules";

// Every rule is mandatory: `pulumi up --policy-pack policy` stops before it changes anything.
new PolicyPack("keep", {
    policies: Object.entries(rules).map(([name, { description, check }]) => ({
        name,
        description,
        enforcementLevel: "mandatory",
        validateResource: ({ type, props }, reportViolation) => {
            for (const violation of check({ type, props })) {
                reportViolation(violation);
            }
        },
    })),
});
