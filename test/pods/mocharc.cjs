// Mocha would add files that are named on the command line to those named here, and run all of them.
const namesFiles = process.argv.slice(2).some((argument) => argument.endsWith(".test.ts"));

// What takes long beside what it proves.
const slow = process.argv.includes("--all") ? ["test/pods/slow/*.test.ts"] : [];

module.exports = {
    require: ["tsx/cjs"],
    spec: namesFiles ? [] : ["test/pods/scenarios/*.test.ts", ...slow],
    timeout: 900000,
    slow: 600000,
    forbidOnly: true,
    // A scenario that has failed may still wait for what will not come.
    exit: true,
};
