import { isIP } from "node:net";

import * as z from "zod";

const NO_BUCKET = "is not a valid name of a bucket. Set it to the name of an existing bucket";

/**
 * Name of a bucket.
 * @param form pattern for characters and length
 * @param reserved pattern of names that the service reserves
 */
export function bucketName(form: RegExp, reserved: RegExp) {
    return z
        .string()
        .regex(form, {
            error: "is not the name of a bucket. Write only the name, and set a path in keep:backup.prefix",
            abort: true,
        })
        .refine((name) => !reserved.test(name) && isIP(name) === 0 && !name.includes(".."), { error: NO_BUCKET });
}

/**
 * Name of a bucket of S3 (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html). An alias of an access
 * point may take its place.
 */
export const s3BucketName = bucketName(
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    /^(xn--|sthree-|amzn-s3-demo-)|(--ol-s3|\.mrap|--x-s3|--table-s3|\.amazonaws\.com)$/,
);
