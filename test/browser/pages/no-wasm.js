import { gradient } from "/dist/index.js";

try {
  globalThis.finished = gradient((x) => x * x)(3);
} catch (error) {
  globalThis.finished = { name: error.name, code: error.code, message: error.message };
}
