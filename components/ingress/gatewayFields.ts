import { isIP } from "node:net";

import * as z from "zod";

import { choice } from "../fields/choice";
import { input } from "../fields/input";
import { whenKnown } from "../fields/readable";
import { objectKind } from "./fields";
import { count, dnsName, namespaceName, objectName } from "../fields/vocabulary";

const parentRef = z
    .strictObject({
        name: input(objectName(253)).describe("the Gateway"),
        namespace: input(namespaceName).optional().describe("its namespace; default: Keep's own"),
        sectionName: input(objectName(253))
            .optional()
            .describe("listener to attach to, such as the one for https; default: all that fit, also one without TLS"),
        port: count(1, 65535).optional().describe("port of the listeners to attach to; default: any"),
        kind: objectKind("ListenerSet")
            .optional()
            .describe("kind of the parent, such as ListenerSet; default: Gateway"),
        group: dnsName().optional().describe("its API group; default: gateway.networking.k8s.io"),
        redirectSection: objectName(253).optional().describe("http listener, whose requests are redirected to https"),
    })
    .check(
        whenKnown(
            ({ sectionName, redirectSection }) => redirectSection === undefined || redirectSection !== sectionName,
            {
                path: ["redirectSection"],
                error: "is the listener of sectionName, so requests would be redirected without end. Name the http listener",
            },
        ),
    );

/** Whether a value is a valid address of a type; true for types of implementations. */
const ADDRESSES: Readonly<Record<string, (value: string) => boolean>> = {
    IPAddress: (value) => isIP(value) !== 0 && !value.includes("%"),
    Hostname: (value) => dnsName().safeParse(value).success,
    NamedAddress: (value) => objectName().safeParse(value).success,
};

/** Settings of the kind `gateway`, in addition to those of all kinds. */
export const gatewayFields = {
    parentRef: parentRef.optional().describe("an existing Gateway, with its own certificate"),
    // An HTTPRoute has at most 32 (https://gateway-api.sigs.k8s.io/reference/spec/).
    extraParentRefs: z
        .array(parentRef)
        .max(31, { error: "has more than 31 entries. A route can have 32 parents, including parentRef. Remove some" })
        .default([])
        .describe("additional Gateways or listeners with the same routes"),
    className: input(objectName(253)).optional().describe("GatewayClass of the Gateway that the stack creates"),
    addresses: z
        .array(
            z
                .strictObject({
                    // https://gateway-api.sigs.k8s.io/reference/spec/#addresstype
                    type: z
                        .string()
                        .regex(/^(IPAddress|Hostname|NamedAddress|[a-z0-9][-.a-z0-9]*\/[\w/.~%!$&'()*+,;=:-]+)$/, {
                            error: "is not a type of addresses. Set it to IPAddress, Hostname, NamedAddress, or a type of your implementation such as alb.networking.azure.io/alb-frontend",
                        })
                        .max(253, { error: "is longer than 253 characters. Shorten it" })
                        .default("IPAddress")
                        .describe(
                            "what the value is: IPAddress, Hostname, NamedAddress (a reserved address on GKE), or a type of the implementation",
                        ),
                    value: input(
                        z
                            .string()
                            .min(1, { error: "is empty. Set it to an address" })
                            .max(253, { error: "is longer than 253 characters, the maximum. Shorten it" }),
                    ).describe("the address"),
                })
                .check(
                    whenKnown(({ type, value }) => ADDRESSES[type]?.(value) ?? true, {
                        error: "is not an address of its type. Use an IP address, or set type to Hostname or NamedAddress",
                    }),
                ),
        )
        .max(16, { error: "has more than 16 entries, the maximum of a Gateway. Remove some" })
        .refine((all) => new Set(all.map(({ type, value }) => `${type} ${value}`)).size === all.length, {
            error: "contains an entry twice. Remove one of them",
        })
        .prefault([])
        .describe("addresses of the Gateway that the stack creates; default: the implementation assigns one"),
    implementation: choice({
        standard: "timeouts in the routes",
        gke: "timeouts and health checks in Google's policies",
    })
        .default("standard")
        .describe("where timeouts are set"),
    backendPolicies: z
        .boolean()
        .default(true)
        .describe(
            "with implementation gke: whether the program creates GCPBackendPolicies; false: create your own, such as for IAP or Cloud Armor",
        ),
};

/** An existing Gateway, or another parent of routes. */
export type ParentRef = z.infer<typeof parentRef>;
