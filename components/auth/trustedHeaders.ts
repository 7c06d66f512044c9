import { issue } from "../fields/issue";
import type { Peer } from "../fields/peer";
import type { Rule } from "../fields/rule";
import { allOf } from "../fields/vocabulary";
import { type ApiIngresses, confirmation, missingOnApi } from "../ingress/access";
import { headersOfClients } from "../ingress/signInHeaders";
import type { AuthConfig } from "./settings";

type Settings = ApiIngresses & Own;

interface Own {
    readonly auth: AuthConfig;
    readonly backend: { readonly service: { readonly type: string } };
    readonly frontend: { readonly service: { readonly type: string } };
    readonly networkPolicy: {
        readonly enabled: boolean;
        readonly edge: readonly Peer[];
        readonly cilium?: { readonly edge: boolean } | undefined;
        readonly monitoring: readonly Peer[];
    };
}

/** The headers that oauth2-proxy answers with, and not with those that it sends on (pkg/apis/options/legacy_options.go). */
const OF_OAUTH2_PROXY =
    "With oauth2-proxy, first set keep:auth.userHeader to x-auth-request-email and groupsHeader to x-auth-request-groups, with which it answers";

/**
 * Conditions on `oauth2proxy`: Keep reads the user's name and groups from headers without verification
 * (oauth2proxy_authverifier.py). Therefore, only the pods that set these headers may reach the API and the user
 * interface.
 */
export const trustedHeaderRules: readonly Rule<Settings>[] = [
    ({ auth, networkPolicy }) => [
        auth.kind === "oauth2proxy" &&
            !networkPolicy.enabled &&
            issue(
                "networkPolicy.enabled",
                "lets any pod in the cluster send forged headers to the API, because keep:auth.kind is oauth2proxy. Set it to true, and add the proxy to keep:networkPolicy.edge",
                { value: false },
            ),
    ],
    ({ auth, ingress }) => [
        auth.kind === "oauth2proxy" &&
            ingress.kind !== "none" &&
            !auth.edgeSetsHeaders &&
            issue(
                "auth.edgeSetsHeaders",
                `lets anyone impersonate any user: keep:ingress passes requests straight to the API, which trusts ${auth.userHeader}. ` +
                    "Make the edge overwrite these headers on every path and confirm it with true; or set keep:ingress.kind to none and put the proxy in front",
                { value: false },
            ),
    ],
    ({ auth, extraIngresses }) =>
        extraIngresses.map(
            ({ edgeSetsHeaders }, index) =>
                auth.kind === "oauth2proxy" &&
                !edgeSetsHeaders &&
                issue(
                    ["extraIngresses", String(index), "edgeSetsHeaders"],
                    `lets anyone impersonate any user: the ingress passes requests straight to the API, which trusts ${auth.userHeader}. Make its edge overwrite these headers on every path and confirm it with true; or remove the ingress`,
                    { value: false },
                ),
        ),
    ({ auth, ...settings }) =>
        auth.kind === "oauth2proxy"
            ? missingOnApi(settings, ["sign-in"], [auth.userHeader, auth.groupsHeader]).map(
                  ({ path, value, objects, ingress, fault, fix, tier }) =>
                      issue(
                          path,
                          `${fault}, which trusts ${auth.userHeader}: without a sign-in, anyone could impersonate any user there. ${fix}${objects.length === 0 ? `, or overwrite the header in ${ingress}.tierAnnotations.${tier}` : confirmation(objects, ingress)}`,
                          { value },
                      ),
              )
            : [],
    ({ auth, ...settings }) =>
        auth.kind === "oauth2proxy"
            ? headersOfClients(settings, [auth.userHeader, auth.groupsHeader]).map((found) => {
                  const { path, value, missing, by, newList } = found;
                  const them = missing.length === 1 ? "it" : "them";
                  const fix = {
                      list: `Add ${them} to the list, or set keep:auth.userHeader and keep:auth.groupsHeader to headers in the list`,
                      newList: `Add the annotation ${newList} with their names`,
                      directives: `Overwrite ${them} before the sign-in: add the annotation haproxy-ingress.github.io/headers, or extend request-set-headers if you have it, with ${allOf(missing.map((name) => `${name}: none`))} in lines of their own`,
                  }[by];
                  const hint = missing.some((name) => name.startsWith("x-forwarded-")) ? `. ${OF_OAUTH2_PROXY}` : "";
                  return issue(
                      path,
                      `passes ${allOf(missing)} on as clients send ${them}${by === "directives" ? ", if the sign-in does not set them," : ","} and with keep:auth.kind oauth2proxy the API trusts ${them}. ${fix}${hint}`,
                      { value },
                  );
              })
            : [],
    ({ auth, networkPolicy }) =>
        auth.kind === "oauth2proxy" && networkPolicy.enabled
            ? (["edge", "monitoring"] as const).flatMap((list) =>
                  networkPolicy[list].map(
                      (peer, index) =>
                          !isSingle(peer) &&
                          issue(
                              ["networkPolicy", list, String(index)],
                              "lets too many pods reach the API, which trusts their headers, because keep:auth.kind is oauth2proxy. Set their namespace and podLabels that only they have, or a single address",
                              { value: peer },
                          ),
                  ),
              )
            : [],
    // Where the stack has an ingress, its edge is confirmed to set the headers.
    ({ auth, extraIngresses, ingress, networkPolicy }) => [
        auth.kind === "oauth2proxy" &&
            networkPolicy.cilium?.edge === true &&
            ingress.kind === "none" &&
            extraIngresses.length === 0 &&
            issue(
                "networkPolicy.cilium.edge",
                "lets requests through Cilium's Ingress and Gateway reach the API, which trusts their headers, because keep:auth.kind is oauth2proxy. Remove it, and add the proxy to keep:networkPolicy.edge",
                { value: true },
            ),
    ],
    (settings) =>
        (["backend", "frontend"] as const).map((tier) => {
            const { type } = settings[tier].service;
            return (
                settings.auth.kind === "oauth2proxy" &&
                type !== "ClusterIP" &&
                issue(
                    [tier, "service", "type"],
                    "exposes the tier without the proxy, but keep:auth.kind is oauth2proxy: anyone could impersonate any user. Set it to ClusterIP",
                    { value: type },
                )
            );
        }),
];

/**
 * Whether a peer selects specific pods or one address. With all namespaces, anyone who can create pods could use these
 * labels.
 */
function isSingle({ cidr, namespaceLabels, podLabels = {} }: Peer): boolean {
    if (cidr !== undefined) {
        return cidr.endsWith(cidr.includes(":") ? "/128" : "/32");
    }
    const isAnyNamespace = namespaceLabels !== undefined && Object.keys(namespaceLabels).length === 0;
    return !isAnyNamespace && Object.keys(podLabels).length > 0;
}
