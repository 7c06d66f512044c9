import * as z from "zod";

/** Keep's version where a stack names none. CONTRIBUTING.md lists what to read before it is changed. */
export const KEEP_VERSION = "0.54.2";

/** Oldest minor version of Kubernetes 1 that the objects fit: since 1.30, a preStop hook may sleep without a feature gate. */
export const LEAST_KUBERNETES = 30;

/** A version of Keep: the tag of its images, and the value of a label. */
export const version = z
    .string()
    .max(63, { error: "is longer than 63 characters. Write it like 0.54.2" })
    .regex(/^[0-9]+\.[0-9]+\.[0-9]+([-.a-z0-9]*[a-z0-9])?$/, {
        error: "is not a version. Write it like 0.54.2, without a v",
    });
