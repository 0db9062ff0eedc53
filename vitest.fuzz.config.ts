import { defineConfig } from "vitest/config";

// `npm run fuzz`: random programs, as many as PROGRAMS says, from SEED on.
export default defineConfig({ test: { include: ["test/fuzz/*.fuzz.ts"], testTimeout: 0 } });
