// Entry point of the plugin ("main" in package.json). It is JavaScript because Pulumi would compile TypeScript with the settings of the
// user's program.
import("../tools/program.mjs")
    .then(({ requireProgram }) => requireProgram(__filename)("./main.ts").served)
    .catch((error) => {
        process.stderr.write(`${error.stack}\n`);
        process.exit(1);
    });
