/**
 * Options of an object with data. If it is not retained, it inherits the component's option: with an explicit `false`, Pulumi would
 * delete it although the component has `retainOnDelete: true` (pkg/resource/deploy/source_eval.go, inheritFromParent).
 */
export function retention(isRetained: boolean): { readonly retainOnDelete?: true } {
    return isRetained ? { retainOnDelete: true } : {};
}

/**
 * Options of a Job, which most deployments replace. It does not inherit them from the component: Pulumi does not replace a protected
 * object, and a retained one would leave no name to its successor
 * (https://www.pulumi.com/docs/iac/concepts/resources/options/protect/). Not for objects that Keep needs to run: `pulumi destroy`
 * deletes what is not protected, before it stops at what is.
 */
export const REPLACEABLE = { protect: false, retainOnDelete: false } as const;
