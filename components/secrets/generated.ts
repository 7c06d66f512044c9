import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

/**
 * A generated password in the stack's state: 32 letters and digits, so that it needs no URL encoding. The first is a
 * letter, because Soketi parses its environment as JSON, and would read digits as a number.
 */
export function generatedPassword(name: string, opts: pulumi.CustomResourceOptions): pulumi.Output<string> {
    const { result } = new random.RandomPassword(
        name,
        { length: 31, special: false, minLower: 1, minUpper: 1, minNumeric: 1 },
        { ...opts, additionalSecretOutputs: ["result"] },
    );
    return pulumi.secret(pulumi.interpolate`k${result}`);
}
