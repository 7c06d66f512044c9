import type { SharedConfig } from "./fields";
import { withGiven } from "./ingressObject";
import type { PathRule } from "./paths";

/** Size of the buffer. Node.js accepts no larger headers (https://nodejs.org/api/http.html#httpmaxheadersize). */
export const HEADER_BUFFER = "16k";

const SIZES = /\/proxy-(buffers|buffers-number|buffer-size|busy-buffers-size)$/;
const SNIPPET = /-snippets?$/;
const DIRECTIVES = /\bproxy_(buffers|buffer_size|busy_buffers_size)\b/;

/**
 * Annotations for the headers of responses, unless the user sets one of these sizes, also in a snippet: NGINX rejects sizes that do not match each
 * other. By default, NGINX answers 502 to headers of more than 4 KiB. After a sign-in, the session cookie contains the tokens of the
 * identity provider (callback jwt in keep-ui/auth.config.ts), which are larger.
 */
export function headerBuffers(
    own: Readonly<Record<string, string>>,
    config: Pick<SharedConfig, "annotations" | "tierAnnotations">,
    rules: readonly PathRule[],
): Readonly<Record<string, string>> {
    const given = Object.entries(withGiven({}, config, rules));
    return given.some(([name, value]) => SIZES.test(name) || (SNIPPET.test(name) && DIRECTIVES.test(value))) ? {} : own;
}
