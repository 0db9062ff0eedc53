import type { Rule } from "../../src/derive/rule.ts";
import type { Operation } from "../../src/graph/operations.ts";

export function decodeRules(bytes: Uint8Array, operations: Readonly<Record<string, Operation>>): Record<string, Rule>;
export function parametersOf(operation: Operation): string[];
