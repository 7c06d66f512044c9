import { rules } from "../../../policy/rules";
import type { Invariant } from "./invariant";

/** The policy pack: where the program itself breaks a mandatory rule, no stack file is accepted. */
export const policies: Readonly<Record<string, Invariant>> = {
    "breaks no rule of the policy pack": ({ run }) =>
        Object.entries(rules).flatMap(([rule, { check }]) =>
            run.resources.flatMap(({ type, inputs, name }) =>
                check({ type, props: inputs }).map((violation) => `${rule}: ${name}: ${violation}`),
            ),
        ),
};
