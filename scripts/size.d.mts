export function bundleSize(source: string): Promise<{ minified: number; gzipped: number }>;
