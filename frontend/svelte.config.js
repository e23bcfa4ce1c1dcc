import { vitePreprocess } from "@sveltejs/vite-plugin-svelte";

/** Read by Vite, svelte-check, eslint and prettier alike. */
export default {
  preprocess: vitePreprocess(),
  compilerOptions: { runes: true },
};
