export function packModule(module: Uint8Array): string;
