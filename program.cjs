// What `pulumi preview` and `pulumi up` start: index.ts, loaded as `npm start` loads it. Plain JavaScript, because with
// `typescript: false` in Pulumi.yaml Pulumi's host reads no TypeScript.
module.exports = import("./tools/program.mjs").then(({ requireProgram }) => requireProgram(__filename)("./index.ts"));
