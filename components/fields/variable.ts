/**
 * A name of an environment variable that all versions of Kubernetes accept (k8s.io/apimachinery, pkg/util/validation,
 * IsEnvVarName). It is limited to 200 characters because, with the name of the tier, it is also the key of a Secret,
 * which has at most 253.
 */
export const VARIABLE_NAME = /^(?!\.\.|\.$)[-._a-zA-Z][-._a-zA-Z0-9]{0,199}$/;

/** Message for an invalid name. */
export const NOT_A_VARIABLE =
    "is not a valid name of a variable. Use at most 200 letters, digits, dashes, dots and underscores. Do not begin with a digit or two dots";
