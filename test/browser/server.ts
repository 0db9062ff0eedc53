import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";

const TYPES: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript" };

export interface Site {
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Serves static files on a free local port.
 * @param roots directory for each path prefix; the first prefix that matches counts
 * @param headers further headers for paths that contain a key
 */
export async function serve(roots: Record<string, string>, headers: Record<string, Record<string, string>> = {}): Promise<Site> {
  const server: Server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const prefix = Object.keys(roots).find((key) => path.startsWith(key));
    try {
      if (prefix === undefined) throw new Error("no such place");
      const body = await readFile(join(roots[prefix], path.slice(prefix.length)));
      for (const [part, more] of Object.entries(headers)) if (path.includes(part)) response.setHeaders(new Map(Object.entries(more)));
      response.setHeader("content-type", TYPES[extname(path)] ?? "application/octet-stream");
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
