import type * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

/**
 * An id of eight lower-case letters and digits in the stack's state, which tells names apart in a place that other stacks share.
 * @param keepers values with whose change it becomes another id
 */
export function stackId(
    name: string,
    opts: pulumi.CustomResourceOptions,
    keepers?: Readonly<Record<string, string>>,
): pulumi.Output<string> {
    return new random.RandomString(`${name}-id`, { length: 8, special: false, upper: false, keepers }, opts).result;
}
