import type { Stack } from "../config";
import type { Deployed } from "../harness";
import { type KubernetesObject, objectsOf, type Pods, podsOf } from "../objects";

/** A whole program's result, as the invariants look at it. */
export interface Whole {
    readonly run: Deployed<unknown>;
    readonly objects: readonly KubernetesObject[];
    readonly pods: readonly Pods[];
    /** The stack as written. */
    readonly options: Stack;
}

/** Says where a whole program breaks a rule: each breach as one line, none when it keeps it. */
export type Invariant = (whole: Whole) => string[];

/** Takes in a program's result. */
export function wholeOf(run: Deployed<unknown>, options: Stack): Whole {
    return { run, objects: objectsOf(run.resources), pods: podsOf(run.resources), options };
}
