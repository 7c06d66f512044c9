/**
 * A name of an environment variable that all versions of Kubernetes accept (k8s.io/apimachinery, pkg/util/validation,
 * IsEnvVarName). It is limited to 200 characters because, with the name of the tier, it is also the key of a Secret,
 * which has at most 253.
 */
export const VARIABLE_NAME = /^(?!\.\.|\.$)[-._a-zA-Z][-._a-zA-Z0-9]{0,199}$/;

/** Message for an invalid name. */
export const NOT_A_VARIABLE =
    "is not a valid name of a variable. Use at most 200 letters, digits, dashes, dots and underscores. Do not begin with a digit or two dots";

/**
 * Maximum size of a variable as `NAME=value` with the NUL that ends it, in bytes. Linux starts no process with a longer
 * one (MAX_ARG_STRLEN in include/uapi/linux/binfmts.h: 32 pages of 4 KiB).
 */
const MOST_BYTES = 128 * 1024;

/**
 * Maximum size of a tier's variables, in bytes. etcd stores objects of up to 1.5 MiB (--max-request-bytes), and with
 * SQLite a Deployment contains the variables twice.
 */
const MOST_BYTES_TOGETHER = 512 * 1024;

/** The message for a variable that is too long; undefined if it is not. It does not contain the value. */
export function lengthFault(name: string, value: string): string | undefined {
    const size = Buffer.byteLength(name) + Buffer.byteLength(value) + 2;
    return size > MOST_BYTES
        ? `has ${size} bytes, and Linux allows ${MOST_BYTES} for a variable. Shorten it`
        : undefined;
}

/** The message for variables that are too long together; undefined if they are not. */
export function totalLengthFault(variables: Readonly<Record<string, unknown>>): string | undefined {
    const size = Object.entries(variables)
        .flat()
        .reduce<number>((sum, text) => sum + (typeof text === "string" ? Buffer.byteLength(text) : 0), 0);
    return size > MOST_BYTES_TOGETHER
        ? `has ${size} bytes of names and values, and at most ${MOST_BYTES_TOGETHER} are allowed, because Kubernetes cannot store a larger Deployment. Shorten some of it, or mount files`
        : undefined;
}
