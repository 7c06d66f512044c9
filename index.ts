import { loadConfig } from "./components/settings/stackFile";
import { Keep } from "./components/keep";

const keep = new Keep("keep", loadConfig());

/** URL of the user interface. */
export const frontendUrl = keep.urls.frontend;

/** URL of the API, to which monitoring tools send alerts. */
export const backendUrl = keep.urls.backend;

/** URL of the live updates; null without a websocket server, because Pulumi prints a warning for undefined outputs. */
export const websocketUrl = keep.urls.apply(({ websocket }) => websocket ?? null);

/** Namespace of the release. */
export const namespace = keep.namespace;

/** First user: name, password, and the Secret with the password; null if an identity provider signs users in. */
export const firstUser = keep.firstUser ?? null;
