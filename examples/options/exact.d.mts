export function exactGreeks(parameters: readonly number[]): number[];
