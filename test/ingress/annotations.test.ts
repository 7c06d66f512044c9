import assert from "node:assert/strict";

import * as z from "zod";

import { isListed } from "../../components/ingress/accessTable";
import { type KindName, kinds } from "../../components/ingress/kinds";
import { loadConfig } from "../../components/settings/stackFile";
import { Keep } from "../../components/keep";
import { deploy } from "../support/harness";
import {
    asStackConfig,
    controllerKinds,
    encryptedIngress,
    type IngressSettings,
    plainIngress,
} from "../support/ingressConfigs";
import { models } from "./models/models";

/** What Pulumi reads itself (provider/pkg/metadata/annotations.go in pulumi/pulumi-kubernetes). */
const PULUMI = "pulumi.com/skipAwait";

function readBy(kind: KindName): readonly string[] {
    return Object.entries(models[kind].annotations).flatMap(([prefix, files]) =>
        Object.values(files).flatMap((names) => names.map((name) => prefix + name)),
    );
}

/** All that a kind can be told. */
function settingsOf(kind: KindName): readonly IngressSettings[] {
    const { supports } = kinds[kind];
    const hsts = supports.hsts === true ? { hsts: { includeSubdomains: true, preload: true } } : {};
    const body = supports.maxBodyMegabytes === true ? { maxBodyMegabytes: 20 } : {};
    const outside = { ...plainIngress(kind, { ...hsts, ...body, tls: { terminatedOutside: true } }) };
    return [
        plainIngress(kind, body),
        encryptedIngress(kind, { ...hsts, ...body }),
        ...(kind === "alb"
            ? [encryptedIngress(kind, { certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/1" })]
            : []),
        ...(kind === "gce"
            ? [
                  encryptedIngress(kind, { className: "gce-internal" }),
                  encryptedIngress(kind, { tls: { defaultCertificate: true } }),
              ]
            : []),
        { ...outside, publicUrl: "https://keep.example.com" },
    ];
}

const record = z.record(z.string(), z.unknown());

/** Names of all annotations on the ingress and on the Services behind it. */
async function annotationsOf(settings: IngressSettings): Promise<readonly string[]> {
    const { all } = await deploy(() => new Keep("keep", loadConfig()), { config: asStackConfig(settings) });
    return ["Ingress", "Route", "Gateway", "HTTPRoute", "Service"]
        .flatMap((kind) => all(kind))
        .flatMap(({ inputs }) => Object.keys(record.parse(record.parse(inputs.metadata).annotations ?? {})));
}

describe("annotations of an ingress", () => {
    for (const kind of controllerKinds) {
        it(`of ${kind} are all read by its controller, and are all that its model lists`, async () => {
            const found = new Set((await Promise.all(settingsOf(kind).map(annotationsOf))).flat());
            found.delete(PULUMI);
            assert.deepEqual([...found].sort(), [...readBy(kind)].sort());
        });

        it(`of ${kind} that the program sets are among the names that its controller reads`, () => {
            const { managedAnnotations, reads = {} } = kinds[kind];
            const set = Object.keys(managedAnnotations).map((name) => name.replace("*", ""));
            const unlisted = Object.entries(reads).flatMap(([prefix, listed = ["*"]]) =>
                set.filter((name) => name.startsWith(prefix) && !isListed(name.slice(prefix.length), listed)),
            );
            assert.deepEqual(unlisted, []);
        });
    }
});
