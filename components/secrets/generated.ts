import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

/**
 * A password made once and kept in the stack's state: 32 letters and digits, beginning with a letter. No other sign, since
 * it stands in URLs; no leading digit, since Soketi reads its environment as JSON and would take digits for a number.
 */
export function generatedPassword(name: string, opts: pulumi.CustomResourceOptions): pulumi.Output<string> {
    const { result } = new random.RandomPassword(
        name,
        { length: 31, special: false, minLower: 1, minUpper: 1, minNumeric: 1 },
        { ...opts, additionalSecretOutputs: ["result"] },
    );
    return pulumi.secret(pulumi.interpolate`k${result}`);
}
