import * as z from "zod";

/** Default version of Keep. Before you change it, see "Upgrade Keep's version" in CONTRIBUTING.md. */
export const KEEP_VERSION = "0.54.2";

/** Version of Python in the image of that version's API: its packages are in /venv/lib/python3.13 (docker/Dockerfile.api). */
export const IMAGE_PYTHON = "3.13";

/** Minimum minor version of Kubernetes 1: since 1.30, `sleep` in a preStop hook needs no feature gate. */
export const LEAST_KUBERNETES = 30;

/** A version of Keep: the tag of its images, and the value of a label. */
export const version = z
    .string()
    .max(63, { error: "is longer than 63 characters. Write it like 0.54.2" })
    .regex(/^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(?![0-9])([-.a-z0-9]*[a-z0-9])?$/, {
        error: "is not a version. Write it like 0.54.2, without a v",
    });
