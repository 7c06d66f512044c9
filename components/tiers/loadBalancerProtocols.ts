import { otherProtocol } from "../ingress/protocols";
import { hasLater } from "../tokens";

/** Names about the PROXY protocol, except those that only choose ports for it. Oracle's name has the short form. */
const PROXY_PROTOCOL = /proxy-?protocol(?!.*filter)|ppv2/i;

/** Values that turn the PROXY protocol off, of all clouds. */
const OFF = /^(|0|f|false|no|none|off|disabled?|v0)$/i;

/** Values of AWS and IBM that turn the PROXY protocol on beside other properties. */
const PROXY_FEATURE = /(^|,)\s*(proxy_protocol_v2\.enabled=true|proxy-protocol)\s*(,|$)/i;

/** Protocols to the pods that are not HTTP/1.1, in names such as `aws-load-balancer-backend-protocol`. */
const NOT_PLAIN = /^(grpc|h2|http2|https|ssl|tls)/i;

/**
 * The message for an annotation by which a load balancer would send a PROXY header or TLS to the pods; undefined for
 * others. Names and values are those in the sources of `LOAD_BALANCERS`.
 */
export function protocolFault(name: string, value: string): string | undefined {
    const isOther =
        (/target-group-attributes$|enable-features$/.test(name) && PROXY_FEATURE.test(value)) ||
        (PROXY_PROTOCOL.test(name) && !OFF.test(value)) ||
        (/backend-?protocol$/i.test(name) && NOT_PLAIN.test(value));
    return isOther && !hasLater(value) ? otherProtocol("load balancer") : undefined;
}
