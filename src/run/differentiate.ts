import { EpsilaneError } from "../errors.ts";
import { type ObjectTree, object } from "../graph/tree.ts";
import { failAt } from "../trace/source/source.ts";
import { markSymbolFunction, type SymbolCall } from "../trace/symbols/symbol-functions.ts";
import { readFunction } from "../trace/trace.ts";
import type { SampleKind } from "../trace/values/arguments.ts";
import type { Report } from "../types.ts";
import { type Arguments, checkTuple, prepareArguments } from "./arguments.ts";
import { type Batch, runBatch } from "./batch.ts";
import { type Build, compileColumns, compileNumbers } from "./build.ts";
import { createCache } from "./cache.ts";
import { type ColumnView, numbersAt, whole } from "./column.ts";
import { type Executable, type Point, prepareColumns, preparePoint } from "./engine.ts";
import { failureAt, markFailures } from "./failures.ts";
import type { Applied, Derived, Operator } from "./operator.ts";
import { checkOptions, readOptions } from "./options.ts";
import { compileOut, partsNotIn, type ReadOut } from "./out.ts";
import { compileRead, type Read } from "./point.ts";
import { timed } from "./timed.ts";
import { createTraces, type Traced } from "./traces.ts";
import { compact, describe } from "./tree.ts";

/** How many plans, and how many derived graphs, a function keeps. */
const limit = 64;

/** Letters of a signature, one for each input leaf: one number a point, one for all points, a tangent that is not there. */
const [varying, shared, zero] = ["v", "s", "0"];

/** An operator applied to a function, for arguments of one tree. */
interface Form {
  readonly id: number;
  readonly traced: Traced;
  readonly applied: Applied;
  readonly args: Arguments;
  readonly read: Read;
  /** Of one point. Absent while a call reads into it: a getter among the arguments may call again. */
  inputs?: Float64Array;
  lastPoint?: { readonly signature: string; readonly plan: Plan };
  lastBatch?: { readonly signature: string; readonly leftOut: string; readonly plan: Plan };
}

/** What runs for one signature, and how its outputs become the result. */
interface Plan {
  /** Made at the first batch. */
  executable(): Executable;
  /** Made at the first one-point call. */
  point(): Point;
  /** All parts that the result can have. */
  readonly parts: readonly string[];
  /** How many numbers the result has. */
  readonly numbers: number;
  /** Whether points may fail: an output behind the others tells of each. */
  readonly mayFail: boolean;
  readonly buildNumbers: Build;
  readonly buildColumns: Build;
  readonly readOut: ReadOut;
  readonly report: () => Report;
}

/** What an operator gives: the one-point call, with `batch` and `report`. */
export interface Differentiated {
  (...args: unknown[]): unknown;
  batch(args: unknown, options?: unknown): unknown;
  readonly report: Report | undefined;
}

/** Reads a function and makes the calls that all operators share. Plans are kept by tree and signature, never by values. */
export function differentiate(operator: Operator, fn: unknown, options: unknown): Differentiated {
  markSymbolFunction(differentiate, refuseInside);
  const settings = readOptions(options, operator.options, operator.name);
  const { made: source, took: read } = timed(() => readFunction(fn, { scope: settings.scope }));
  const derivations = createCache<string, { readonly made: Derived; readonly took: number }>(limit);
  const plans = createCache<string, Plan>(limit);
  let forms = 0;
  let last: Plan | undefined;
  let lastForm: Form | undefined;

  const traces = createTraces(source, settings.shape, operator.sampleOf, settings.maxIterations, (traced): Form => {
    const applied = operator.apply(traced, settings);
    return { id: forms++, traced, applied, args: prepareArguments(operator, applied), read: compileRead(applied.inputs) };
  });
  const formFor = (args: readonly unknown[], kind: SampleKind) => traces.find(operator.argumentsIn(args), kind);

  const derive = ({ id, traced, applied }: Form, signature: string) =>
    derivations.get(`${id}|${signature.replaceAll(shared, varying)}`, () =>
      timed(() =>
        markFailures(
          applied.derive((leaf) => signature[leaf] === zero),
          traced.trace.failures,
          settings.invalid,
        ),
      ),
    );

  /** The plan for a signature, without the parts of the result that are left out. */
  const planFor = (form: Form, signature: string, leftOut: readonly string[]): Plan =>
    plans.get(`${form.id}|${signature}|${leftOut}`, () => {
      const { made: derived, took } = derive(form, signature);
      const { graph, outputs, result, failed, duals, report } = derived;
      const { tree, slots } = compact(leftOut.length === 0 ? result : without(result as ObjectTree, leftOut));
      const request = {
        graph,
        outputs: [...slots.map((slot) => outputs[slot]), ...(failed === undefined ? [] : [failed])],
        shared: Array.from(signature, (letter) => letter !== varying),
        engine: settings.engine ?? operator.batchEngine ?? "compiled",
        ...(settings.engine ? {} : { pointEngine: "compiled" as const }),
        duals,
      };
      const executable = once(() => prepareColumns(request));
      return {
        executable,
        point: once(() => preparePoint(request)),
        parts: partsOf(derived),
        numbers: slots.length,
        mayFail: failed !== undefined,
        buildNumbers: compileNumbers(tree),
        buildColumns: compileColumns(tree),
        readOut: compileOut(tree),
        report: once(() => {
          const { times, ...ran } = executable().report;
          return { ...ran, ...report, times: { read, trace: form.traced.took, derive: took, ...times } };
        }),
      };
    });

  const planOfBatch = (form: Form, values: readonly (number | ColumnView)[], out: unknown): Plan => {
    const signature = batchSignature(form.applied, values);
    const known = form.lastBatch?.signature === signature ? form.lastBatch : undefined;
    const parts = known?.plan.parts ?? partsOf(derive(form, signature).made);
    const missing = out === undefined ? [] : partsNotIn(out, parts);
    const leftOut = missing.join();
    if (known?.leftOut === leftOut) return known.plan;
    const plan = planFor(form, signature, missing);
    form.lastBatch = { signature, leftOut, plan };
    return plan;
  };

  const callPoint = (...args: unknown[]): unknown => {
    let form = lastForm;
    let inputs = takeInputs(form);
    if (!form?.read(args, inputs)) {
      const given = withoutMissing(args);
      form = formFor(given, "points");
      inputs = takeInputs(form);
      form.args.readPoint(given, inputs);
      lastForm = form;
    }
    if (!form.lastPoint || !isSignature(form.lastPoint.signature, form.applied, inputs)) {
      const signature = pointSignature(form.applied, inputs);
      form.lastPoint = { signature, plan: planFor(form, signature, []) };
    }
    last = form.lastPoint.plan;
    const outputs = last.point()(inputs);
    form.inputs = inputs;
    if (last.mayFail && outputs.at(-1) !== 0) throw failureAt(form.traced, source.fn, { leaves: inputs.slice() });
    return last.buildNumbers(outputs);
  };

  const batch = (tuple: unknown, batchOptions?: unknown): unknown => {
    checkTuple(tuple);
    const args = withoutMissing(tuple);
    checkOptions(batchOptions, operator.batchOptions, "batch");
    const { out, onProgress } = (batchOptions ?? {}) as { out?: unknown; onProgress?: Batch["onProgress"] };
    if (onProgress !== undefined && typeof onProgress !== "function") {
      throw new EpsilaneError("bad-option", `onProgress must be a function, but is ${describe(onProgress)}.`);
    }
    const form = formFor(args, "columns");
    const { values, points } = form.args.readBatch(args);
    last = planOfBatch(form, values, out);
    const { numbers, mayFail, buildColumns, readOut } = last;
    const executable = last.executable();
    const failed = mayFail ? executable.sources[numbers] : undefined;
    const run = (columns: readonly ColumnView[]) => {
      const index = runBatch({ executable, inputs: values, outputs: columns, points, failed, onProgress });
      if (index >= 0) throw failureAt(form.traced, source.fn, { leaves: numbersAt(values, index), index });
    };
    if (out !== undefined) {
      run(readOut(out, points, { values, name: form.args.name }));
      return out;
    }
    const arrays: Float64Array[] = [];
    for (let slot = 0; slot < numbers; slot++) arrays.push(new Float64Array(points));
    run(arrays.map(whole));
    return buildColumns(arrays);
  };

  for (const fn of [callPoint, batch]) markSymbolFunction(fn, refuseInside);
  return Object.defineProperty(Object.assign(callPoint, { batch }), "report", {
    get: () => last?.report(),
    enumerable: true,
  }) as Differentiated;
}

/** How epsilane's own functions are called inside a traced one: not at all. */
const refuseInside: SymbolCall = (_tracer, _fn, _args, site) => {
  const sentence = "A function that calls epsilane can't be derived itself.";
  const advice = "Derive the plain function, once.";
  if (site) return failAt(site, "unsupported-function", sentence, advice);
  throw new EpsilaneError("unsupported-function", `${sentence} ${advice}`);
};

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => (made ??= make());
}

/** What `out` may hold or leave out. The result of `dual`, which has no `out`, may be any tree. */
const partsOf = ({ result }: Derived) => (result.kind === "object" ? result.entries.map(([part]) => part) : []);

const without = (result: ObjectTree, parts: readonly string[]) => object(result.entries.filter(([part]) => !parts.includes(part)));

/** Optional arguments at the end that are given as `undefined` are not given. */
function withoutMissing(args: readonly unknown[]): readonly unknown[] {
  let length = args.length;
  while (length > 0 && args[length - 1] === undefined) length--;
  return length === args.length ? args : args.slice(0, length);
}

function takeInputs(form: Form | undefined): Float64Array {
  const inputs = form?.inputs ?? new Float64Array(form?.args.leaves ?? 0);
  if (form) form.inputs = undefined;
  return inputs;
}

/** One point has no shared numbers: only tangents that are 0 make a difference. */
function pointSignature({ tangentsFrom }: Applied, inputs: Float64Array): string {
  let signature = varying.repeat(tangentsFrom);
  for (let leaf = tangentsFrom; leaf < inputs.length; leaf++) signature += inputs[leaf] === 0 ? zero : varying;
  return signature;
}

/** Whether `pointSignature` would give this, found without making a string. */
function isSignature(signature: string, { tangentsFrom }: Applied, inputs: Float64Array): boolean {
  for (let leaf = tangentsFrom; leaf < inputs.length; leaf++) if ((inputs[leaf] === 0) !== (signature[leaf] === zero)) return false;
  return true;
}

function batchSignature({ tangentsFrom }: Applied, values: readonly (number | ColumnView)[]): string {
  let signature = "";
  for (let leaf = 0; leaf < values.length; leaf++) {
    const value = values[leaf];
    signature += typeof value !== "number" ? varying : leaf >= tangentsFrom && value === 0 ? zero : shared;
  }
  return signature;
}
