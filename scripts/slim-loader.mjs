// A build plugin that leaves out of @assemblyscript/loader what serves a managed heap: strings, arrays, traces. The modules have none.

/** [what the loader has exactly once, what takes its place]. */
const CUTS = [
  [/\nfunction preInstantiate\(imports\) \{[\s\S]*?\n\}/g, "\nfunction preInstantiate(imports) {}"],
  [/\nfunction postInstantiate\(extendedExports, instance\) \{[\s\S]*?\n\}/g, "\nfunction postInstantiate(extendedExports, instance) {}"],
];

export const slimLoader = {
  name: "slim-loader",
  transform: {
    filter: { id: /\/@assemblyscript\/loader\/index\.js$/ },
    handler(code) {
      return CUTS.reduce((text, [pattern, replacement]) => {
        if (text.match(pattern)?.length !== 1) throw new Error(`slim-loader: this loader does not have exactly one ${pattern}`);
        return text.replace(pattern, () => replacement);
      }, code);
    },
  },
};
