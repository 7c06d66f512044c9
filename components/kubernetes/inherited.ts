/**
 * Options of an object with data. If it is not retained, it inherits the component's option: with an explicit `false`, Pulumi would
 * delete it although the component has `retainOnDelete: true` (pkg/resource/deploy/source_eval.go, inheritFromParent).
 */
export function retention(isRetained: boolean): { readonly retainOnDelete?: true } {
    return isRetained ? { retainOnDelete: true } : {};
}

/**
 * Options of an object without data that a deployment replaces, such as a Job. It does not inherit these options of the component:
 * Pulumi does not replace a protected object, and a retained one would leave no name to its successor
 * (https://www.pulumi.com/docs/iac/concepts/resources/options/protect/).
 */
export const REPLACEABLE = { protect: false, retainOnDelete: false } as const;
