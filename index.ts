import { loadConfig } from "./components/config";
import { Keep } from "./components/keep";
import { readDeployed } from "./components/upgrade/deployed";

/** Pulumi.<stack>.yaml → KeepConfig → Keep → URLs, and never backwards. What runs already is only read, to be compared. */
export default async function program() {
    const keep = new Keep("keep", loadConfig(await readDeployed()));
    return {
        /** Where people open Keep. */
        frontendUrl: keep.urls.frontend,
        /** Where monitoring tools send alerts (Keep's API). */
        backendUrl: keep.urls.backend,
        /** Where browsers listen for live updates; undefined when the stack has none. */
        websocketUrl: keep.urls.websocket,
        /** The namespace that holds all of the above. */
        namespace: keep.namespace,
        /** First user: name, generated password and the Secret that holds it; undefined when an identity provider signs people in. */
        firstUser: keep.firstUser,
    };
}
