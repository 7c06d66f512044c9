import { type ComponentChoices, type ComponentWith, componentsOf, componentsWith } from "../component";
import { type Release, scopeOf } from "../naming";

/** A component that exposes metrics. */
export type Target = ComponentWith<"metrics">;

/** The components of a stack that expose metrics. */
export function targetsOf(choices: ComponentChoices): Target[] {
    const present = componentsOf(choices);
    return componentsWith("metrics").filter((name) => present.includes(name));
}

/** The label `job` that the operator gives to what a PodMonitor finds: its namespace and name. */
export function jobOf(release: Release, target: Target): string {
    const { namespace, name } = scopeOf(release, target);
    return `${namespace}/${name}`;
}
