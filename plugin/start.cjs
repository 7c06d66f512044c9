// What Pulumi starts for a program in another language, by "main" in package.json. Plain JavaScript, because Pulumi would
// compile TypeScript by the settings of that other program; what it starts is main.ts.
import("../tools/program.mjs")
    .then(({ requireProgram }) => requireProgram(__filename)("./main.ts").served)
    .catch((error) => {
        process.stderr.write(`${error.stack}\n`);
        process.exit(1);
    });
