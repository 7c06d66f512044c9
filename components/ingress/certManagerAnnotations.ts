import { oneOf } from "../fields/vocabulary";

function oneFault(values: readonly string[]): (value: string) => string | undefined {
    return (value) => (values.includes(value) ? undefined : `is no value of cert-manager. Write ${oneOf(values)}`);
}

/** Time in Go's notation, which has no days (https://pkg.go.dev/time#ParseDuration). */
function durationFault(value: string): string | undefined {
    return /^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/.test(value)
        ? undefined
        : "is not a duration. Write hours, such as 2160h for 90 days";
}

/**
 * Annotations of an Ingress for its certificate. With another value, cert-manager creates none
 * (https://cert-manager.io/docs/usage/ingress/#supported-annotations).
 */
const FAULTS: Readonly<Record<string, (value: string) => string | undefined>> = {
    duration: durationFault,
    "renew-before": durationFault,
    "private-key-algorithm": oneFault(["RSA", "ECDSA", "Ed25519"]),
    "private-key-encoding": oneFault(["PKCS1", "PKCS8"]),
    "private-key-rotation-policy": oneFault(["Never", "Always"]),
};

const PREFIX = "cert-manager.io/";

/** The message for the value of an annotation of cert-manager; undefined if it is valid, or another annotation. */
export function certManagerFault(name: string, value: string): string | undefined {
    const key = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : "";
    return Object.hasOwn(FAULTS, key) ? FAULTS[key]?.(value) : undefined;
}
