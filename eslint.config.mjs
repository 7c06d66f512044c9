import pulumi from "@pulumi/eslint-plugin";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import { importX } from "eslint-plugin-import-x";
import globals from "globals";
import tseslint from "typescript-eslint";

/** Imports follow one arrow: index → keep → tiers and what is beside them → what they stand on → kubernetes, config → naming. */
const zones = [
    { target: "./components", from: ["./tools", "./test", "./plugin", "./index.ts"] },
    { target: ["./components/!(keep).ts", "./components/*/**/*.ts"], from: "./components/keep.ts" },
    {
        target: [
            "./components/{airGapped,auth,database,ingress,redis,secretStore,secrets,websocket}/**",
            "./components/search.ts",
        ],
        from: "./components/{backup,monitoring,network,retention,setup}/**",
    },
    { target: "./components/tiers", from: "./components/{backup,monitoring,network,retention,setup}/**" },
    {
        target: "./components/kubernetes",
        from: "./components",
        except: ["./kubernetes", "./component.ts", "./naming.ts", "./tokens.ts"],
    },
    // What every subject's settings and rules are made from.
    {
        target: "./components/fields",
        from: "./components",
        except: ["./fields", "./component.ts", "./naming.ts", "./tokens.ts"],
    },
    {
        target: "./components/naming.ts",
        from: "./components",
        except: ["./component.ts", "./naming.ts", "./tokens.ts"],
    },
    { target: "./components/component.ts", from: "./components", except: ["./component.ts"] },
    { target: "./components/tokens.ts", from: "./components", except: ["./tokens.ts"] },
    { target: "./tools", from: "./test" },
];

export default tseslint.config(
    // An example is another project: test/package.test.ts checks its types against the packed component.
    { ignores: ["node_modules", "dist", "coverage", ".preview", "examples", "templates"] },
    { files: ["**/*.mjs", "**/*.cjs"], languageOptions: { globals: globals.node } },
    {
        files: ["**/*.ts"],
        extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
        plugins: { "import-x": importX, "@pulumi": pulumi },
        languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
        settings: { "import-x/resolver-next": [createTypeScriptImportResolver()] },
        rules: {
            "@pulumi/no-output-in-template-literal": "error",
            "@typescript-eslint/no-non-null-assertion": "error",
            "@typescript-eslint/no-explicit-any": "error",
            "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
            "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
            "import-x/no-cycle": "error",
            "import-x/no-restricted-paths": ["error", { zones }],
            "max-lines": ["error", { max: 220, skipBlankLines: true, skipComments: true }],
        },
    },
    {
        // Pulumi resources are made for their effect: `new Role(...)` is a statement.
        files: ["components/**/*.ts", "test/**/*.ts"],
        rules: { "@typescript-eslint/no-unused-expressions": "off", "no-new": "off" },
    },
);
