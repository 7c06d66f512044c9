import { mountVariables, variablesIn } from "../fields/kubernetes/containerReferences";
import type { TierConfig, TierEnv } from "./settings";

/** Some variables of a tier, with those that their values contain as `$(NAME)`. */
export function variablesOf(env: TierEnv, isNeeded: (name: string) => boolean): TierEnv {
    const own = Object.entries(env).filter(([name]) => isNeeded(name));
    const contained = own.flatMap(([, value]) => (typeof value === "string" ? variablesIn(value) : []));
    return Object.fromEntries([...own, ...Object.entries(env).filter(([name]) => contained.includes(name))]);
}

/** The variables in the paths of a tier's mounts, for containers that have these mounts and no other variables of the tier. */
export function variablesOfMounts({ env, volumeMounts }: Pick<TierConfig, "env" | "volumeMounts">): TierEnv {
    const names = mountVariables(volumeMounts).map(({ variable }) => variable);
    return variablesOf(env, (name) => names.includes(name));
}
