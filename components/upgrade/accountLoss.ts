import { issue, type Issue } from "../fields/issue";
import type { Deployment } from "./deployment";

type Accounts = Deployment["accounts"];

/** Pulumi deletes an account that the stack no longer creates, also if pods still use it. */
export function accountLoss(was: Accounts, now: Accounts): Issue[] {
    return now
        .filter(({ id }) => ownIds(was).includes(id) && !ownIds(now).includes(id))
        .map(({ setting, id }) => {
            const annotations = setting.replace(/name$/, "annotations");
            const message = `is a ServiceAccount of this stack: Pulumi would delete ${id}, and no pod could start with it. Undo the change, and write annotations of the account in keep:${annotations}; or name another account`;
            return issue(setting, message, { value: id.split("/").at(-1) });
        });
}

function ownIds(accounts: Accounts): string[] {
    return accounts.filter(({ isOwn }) => isOwn).map(({ id }) => id);
}
