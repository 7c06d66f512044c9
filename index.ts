import { loadConfig } from "./components/settings/stackFile";
import { Keep } from "./components/keep";

// Pulumi.<stack>.yaml → StackFile → Keep → URLs, and never backwards.
const keep = new Keep("keep", loadConfig());

/** Where people open Keep. */
export const frontendUrl = keep.urls.frontend;

/** Where monitoring tools send alerts (Keep's API). */
export const backendUrl = keep.urls.backend;

/** Where browsers listen for live updates; null when the stack has none, since Pulumi warns of an output that is undefined. */
export const websocketUrl = keep.urls.apply(({ websocket }) => websocket ?? null);

/** The namespace that holds all of the above. */
export const namespace = keep.namespace;

/** First user of Keep: name, generated password and the Secret that holds it; null when an identity provider signs people in. */
export const firstUser = keep.firstUser ?? null;
