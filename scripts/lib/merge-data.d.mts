export function mergeData(bytes: Uint8Array): Uint8Array;
