/** Where something stands in the arguments, or in a result: the index of an element, or the name of a member, and so on. */
export type Path = readonly (string | number)[];

const isName = (key: string | number) => typeof key === "string" && /^[A-Za-z_$][\w$]*$/.test(key);

/** `root[0].focal`, as one would write it. */
export const writePath = (root: string, path: Path): string =>
  root + path.map((key) => (isName(key) ? `.${key}` : `[${JSON.stringify(key)}]`)).join("");
