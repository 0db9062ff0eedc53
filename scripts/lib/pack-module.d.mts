export function packModule(module: Uint8Array): Uint8Array;
