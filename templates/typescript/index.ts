import { Keep } from "keep-on-pulumi";
import { loadConfig } from "keep-on-pulumi/stack-file";

// The settings are in Pulumi.<stack>.yaml. node_modules/keep-on-pulumi/docs/configuration.md describes each.
const keep = new Keep("keep", loadConfig());

export const frontendUrl = keep.urls.frontend;
export const backendUrl = keep.urls.backend;
export const websocketUrl = keep.urls.websocket ?? null;
export const namespace = keep.namespace;
export const firstUser = keep.firstUser ?? null;
