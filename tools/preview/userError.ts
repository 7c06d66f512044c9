/** A mistake of the user, told by its message alone; `npm start` ends with exit code 2. */
export class UserError extends Error {}
