import type { Node, ThrowStatement } from "acorn";
import type { NodeId } from "../graph/graph.ts";
import { toText } from "./operators/operators.ts";
import { failAt, frameAt, textAt } from "./source/source.ts";
import { Leaving, makeTarget, type Reason } from "./state/branches.ts";
import type { Tracer } from "./state/tracer.ts";
import { ObjectValue } from "./values/objects.ts";
import type { Value } from "./values/values.ts";

/** Points on which the function has no result, and what is said of the first of them. Of several, the first in order counts. */
export interface Failure {
  readonly mask: NodeId;
  readonly code: string;
  /** What happens there, the code with a caret under the place, and what to do. */
  readonly sentence: string;
  readonly frame: string;
  readonly advice: string;
  /** Of a `throw`: its source text. The function itself makes the error. */
  readonly thrown?: string;
}

/**
 * Traces everything, and what nothing in it catches.
 * @throws EpsilaneError `thrown` where no point is left
 */
export function withFailures<Result>(tracer: Tracer, trace: () => Result): { readonly result: Result; readonly failures: Failure[] } {
  const { targets } = tracer;
  const target = makeTarget(tracer, "uncaught", []);
  targets.push(target);
  try {
    const result = trace();
    return { result, failures: target.exits.map(({ mask, reason }) => failureOf(mask, reason!)) };
  } catch (error) {
    if (!(error instanceof Leaving)) throw error;
    const { value, reason } = error.signal;
    return failAt(
      reason!.site,
      "thrown",
      `The function throws: ${messageOf(tracer, value, reason!.site)}`,
      "It throws for these arguments whatever the numbers in them: check their tree and lengths.",
    );
  } finally {
    targets.pop();
  }
}

/** What is said by code. */
const words: Readonly<Record<string, Pick<Failure, "sentence" | "advice">>> = {
  thrown: {
    sentence: "The function throws",
    advice: 'The option { invalid: "nan" } gives NaN for such points.',
  },
  "max-iterations": {
    sentence: "This loop makes more turns than maxIterations allows",
    advice: 'The option maxIterations allows more; { invalid: "nan" } gives NaN for such points.',
  },
};

const failureOf = (mask: NodeId, { code, site }: Reason): Failure => ({
  mask,
  code,
  ...words[code]!,
  frame: frameAt(site),
  ...(code === "thrown" && { thrown: textAt(site) }),
});

/** The message of a thrown error, or its source text where that depends on the data. */
function messageOf(tracer: Tracer, value: Value, site: Node): string {
  const message = value instanceof ObjectValue ? value.entries.get("message") : value;
  const { argument } = site as ThrowStatement;
  return message === undefined || (typeof message === "object" && message !== null) ? textAt(argument) : toText(tracer, message, argument);
}
