/** A name of an environment variable that every version of Kubernetes takes (k8s.io/apimachinery, pkg/util/validation, IsEnvVarName). */
export const VARIABLE_NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

/** What is said of another. */
export const NOT_A_VARIABLE =
    "is not a name of a variable. Use letters, digits, dashes, dots and underscores, not beginning with a digit";
