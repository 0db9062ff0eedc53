import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Packs this package as npm would publish it and unpacks it as `directory`/node_modules/epsilane, as npm would install it. */
export function installPacked(directory: string): string {
  const tarball = execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", directory], {
    cwd: root,
    encoding: "utf8",
  });
  const target = join(directory, "node_modules/epsilane");
  mkdirSync(target, { recursive: true });
  execFileSync("tar", ["-xzf", join(directory, tarball.trim()), "--strip-components=1", "-C", target]);
  return target;
}
