// A build plugin that puts acorn and the `math` module's text at the head of the bundle. gzip looks back 32 kB: in the midst of the
// library they would part what is alike.
const MATH = "./wasm/generated/math.ts";

export const textFirst = {
  name: "text-first",
  transform: {
    filter: { id: /\/src\/(index|wasm\/generated\/math)\.ts$/ },
    // An import for its order alone is kept only of a module with side effects.
    handler: (code, id) => (id.endsWith("index.ts") ? `import "${MATH}";\nimport "acorn";\n${code}` : { code, moduleSideEffects: true }),
  },
};
