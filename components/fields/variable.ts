/**
 * A name of an environment variable that every version of Kubernetes takes (k8s.io/apimachinery, pkg/util/validation, IsEnvVarName).
 * Secret ones are keys of a Secret too, which have at most 253 characters with the name of their tier.
 */
export const VARIABLE_NAME = /^(?!\.\.|\.$)[-._a-zA-Z][-._a-zA-Z0-9]{0,199}$/;

/** What is said of another. */
export const NOT_A_VARIABLE =
    "is not a name of a variable. Use at most 200 letters, digits, dashes, dots and underscores, not beginning with a digit or two dots";
