/** Milliseconds. A context of its own may have no `performance`. */
const clock: { now(): number } = globalThis.performance ?? Date;

/** Makes something, and tells the milliseconds that it took, for the report. */
export function timed<Made>(make: () => Made): { readonly made: Made; readonly took: number } {
  const start = clock.now();
  const made = make();
  return { made, took: clock.now() - start };
}
