export interface BenchResults {
  readonly machine: string;
  readonly results: readonly { readonly title: string; readonly points: number; readonly nanoseconds: Record<string, number> }[];
}
export function benchTable(measured: BenchResults): string;
