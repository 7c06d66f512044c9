import { type ComponentChoices, type ComponentWith, componentsOf, componentsWith } from "../component";
import { type Release, scopeOf } from "../naming";

/** A component with metrics. */
export type Target = ComponentWith<"metrics">;

/** The components of a stack with metrics. */
export function targetsOf(choices: ComponentChoices): Target[] {
    const present = componentsOf(choices);
    return componentsWith("metrics").filter((name) => present.includes(name));
}

/** The label `job` of a target: the operator sets it to the namespace and name of the PodMonitor. */
export function jobOf(release: Release, target: Target): string {
    const { namespace, name } = scopeOf(release, target);
    return `${namespace}/${name}`;
}
