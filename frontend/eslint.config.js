import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

/** A folder under `src` must not import these others, so that dependencies have one direction. Tests may. */
const reads = (folder, ...nothing) => ({
  files: [`src/${folder}/**/*.{ts,svelte}`],
  ignores: ["**/*.test.ts"],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          {
            regex: `^(\\.\\./)+(${nothing.join("|")})(/|$)`,
            message: `${folder}/ is below what it imports.`,
          },
        ],
      },
    ],
  },
});

export default ts.config(
  // *.gen.ts are written by `make types`.
  { ignores: ["node_modules/", ".planted-*/", "**/*.gen.ts"] },
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser } } },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
  { files: ["*.config.{js,ts}", "tests/**"], languageOptions: { globals: { ...globals.node } } },
  reads("engine", "activities", "desk", "live", "parts", "phone", "ui", "wall"),
  reads("live", "activities", "desk", "parts", "phone", "ui", "wall"),
  reads("ui", "activities", "desk", "live", "parts", "phone", "wall"),
  // The shells draw a part; it knows the contract of a kind, but no kind.
  reads("parts", "activities/(?!activity$)"),
  {
    rules: {
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    },
  },
);
