/** Makes something, and tells the milliseconds that it took, for the report. */
export function timed<Made>(make: () => Made): { readonly made: Made; readonly took: number } {
  const start = performance.now();
  const made = make();
  return { made, took: performance.now() - start };
}
