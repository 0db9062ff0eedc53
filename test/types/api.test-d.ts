// Compiled by `npm run typecheck`, never run: the types of the public API, by example.
import { add, derivative, dual, evaluate, gradient, jacobian, jvp, mul, strided, traced } from "../../src/index.ts";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const is = <A, B>(_: Equal<A, B>) => {};
type F = Float64Array;

declare const anyFunction: (...args: any[]) => any;
declare const anything: any;
const xs = new Float64Array(3);
const ys = new Float32Array(3);

export function annotatedNumbers() {
  const distance = gradient((x: number, y: number) => Math.sqrt(x * x + y * y));
  const {
    value,
    gradient: [dx, dy],
  } = distance.batch([xs, ys]);
  is<typeof value, F>(true);
  is<typeof dx, F>(true);
  is<typeof dy, F>(true);
  is<ReturnType<typeof distance>["gradient"], [x: number, y: number]>(true);
  distance.batch([xs, 2.5]);
  distance.batch([[1, 2, 3], strided(xs, { stride: 2 })]);
  // @ts-expect-error too few
  distance.batch([xs]);
  // @ts-expect-error a string is no column
  distance.batch([xs, "x"]);
  // @ts-expect-error 64-bit integers are no numbers
  distance.batch([xs, new BigInt64Array(3)]);
  // @ts-expect-error one point is numbers
  distance(xs, ys);
}

export function unannotatedParametersAreNumbers() {
  const product = gradient((x, y) => x * y);
  const [dx, dy] = product.batch([xs, ys]).gradient;
  is<typeof dx, F>(true);
  is<typeof dy, F>(true);
  // @ts-expect-error arity survives
  product.batch([xs]);
  // @ts-expect-error annotate arrays and objects
  gradient((v) => v[0], { shape: [[0, 0]] });
  const mixed = gradient((x, k: { a: number }) => x * k.a).batch([xs, { a: 1 }]).gradient[1].a;
  is<typeof mixed, F>(true);
}

export function trees() {
  const f = jacobian((p: number, { a, b: [c, e] }: { a: number; b: [number, number] }) => ({
    u: p * a + Math.sin(c),
    w: [e * e, p] as const,
  }));
  const columns = f.batch([xs, { a: 2, b: [xs, ys] }]);
  is<typeof columns.jacobian.u, [p: F, { a: F; b: [F, F] }]>(true);
  const inner: F = columns.jacobian.w[0][1].b[1];
  const point = f(2, { a: 3, b: [0.5, 7] });
  const numbers: number[] = [point.jacobian.u[1].b[0], point.value.w[0]];
  return [inner, numbers];
}

export function arraysOfUnknownLength() {
  const norm = gradient((v: number[]) => v.reduce((sum, x) => sum + x * x, 0), { shape: [[0, 0, 0]] });
  is<ReturnType<typeof norm.batch>["gradient"][0], F[]>(true);
  norm.batch([[xs, ys, 3]]);
  const slope: number = norm([1, 2, 3]).gradient[0][0];
  // @ts-expect-error a column is no list of arguments
  norm.batch([xs]);
  const typed = gradient((v: Float64Array) => v[0]);
  is<ReturnType<typeof typed.batch>["gradient"][0], F[]>(true);
  typed.batch([[xs, ys]]);
  typed(new Float64Array(3));
  return slope;
}

export function readonlyArraysInterfacesAndClasses() {
  interface Camera {
    readonly focal: number;
    pose: readonly number[];
  }
  class Vector {
    x = 1;
    y = 2;
    length() {
      return this.x + this.y;
    }
    get two() {
      return 2;
    }
  }
  const f = gradient((camera: Camera, vector: Vector) => camera.focal * vector.x);
  const result = f.batch([
    { focal: xs, pose: [1, 2] },
    { x: xs, y: 1, two: 2 },
  ]);
  is<(typeof result.gradient)[0]["focal"], F>(true);
  is<keyof (typeof result.gradient)[1], "x" | "y" | "two">(true);
}

export function withRespectTo() {
  const f = (x: number, y: number, k: { a: number; list: number[] }) => x * y * k.a;
  const args = [xs, ys, { a: xs, list: [1] }] as const;
  const byIndex = gradient(f, { wrt: [2, 0] }).batch([xs, ys, { a: xs, list: [] }]).gradient;
  is<typeof byIndex, [{ a: F; list: F[] }, F]>(true);
  const byPath = gradient(f, { wrt: [[2, "a"], 1, [2, "list", 0]] }).batch([...args] as never).gradient;
  is<typeof byPath, [F, F, F]>(true);
  // @ts-expect-error evaluate differentiates nothing
  evaluate(f, { wrt: [0] });
}

export function optionalAndRest() {
  const f = gradient((x: number, y = 2) => x * y);
  const dx: F = f.batch([xs]).gradient[0];
  const rest = gradient((...v: number[]) => v[0], { shape: [0, 0] });
  is<ReturnType<typeof rest.batch>["gradient"], F[]>(true);
  rest.batch([xs, ys]);
  return dx;
}

export function derivativesOfTrees() {
  const curve = derivative((s) => [Math.cos(s), Math.sin(s)]).batch([xs]).derivative;
  is<typeof curve, F[]>(true);
  const labelled = derivative((s: number) => ({ unit: "m", at: s * s, flag: null, parts: ["x", s] as [string, number] }));
  is<ReturnType<typeof labelled>["derivative"], { at: number; parts: [undefined, number] }>(true);
  const value = labelled.batch([xs]).value;
  is<typeof value, { unit: string; at: F; flag: null; parts: [string, F] }>(true);
}

export function tangents() {
  const pushed = jvp((x: number, y: number) => [x * y, x]);
  const one: number[] = pushed([1, 2], [1, 0]).tangent;
  const many: F[] = pushed.batch([
    [xs, ys],
    [1, 0],
  ]).tangent;
  const norm = dual((x: number, y: number) => Math.hypot(x, y));
  const result: { val: number; der: number } = norm({ val: 3, der: 1 }, { val: 4, der: 0 });
  const der: F = norm.batch([
    { val: xs, der: 1 },
    { val: ys, der: 0 },
  ]).der;
  return [one, many, result, der];
}

export function results() {
  const f = evaluate((x: number) => ({ unit: "m", k: 3, v: x })).batch([xs]);
  is<typeof f.value, { unit: string; k: F; v: F }>(true);
  gradient(anyFunction).batch([xs]).gradient[0].anything;
  gradient(anything).batch([xs]);
  const atan2: F = gradient(Math.atan2).batch([xs, ys]).gradient[0];
  is<ReturnType<ReturnType<typeof gradient<[x: number]>>["batch"]>["value"], F>(true);
  // @ts-expect-error a list is no scalar
  gradient((x: number) => [x, x]);
  // @ts-expect-error a promise is no number
  gradient(async (x: number) => x);
  return atan2;
}

export function functionsOnSymbols() {
  const sum = gradient(traced((x, y) => add(x, y))).batch([xs, ys]);
  is<typeof sum.gradient, [x: F, y: F]>(true);
  const scaled = jacobian(traced((v: number[], p: { a: number }) => v.map((x) => mul(x, p.a))));
  const slope: F = scaled.batch([[xs], { a: 2 }]).jacobian[0][1].a;
  // @ts-expect-error no function
  traced(3);
  return slope;
}

export function out() {
  const f = gradient((x: number, y: number) => x * y);
  const written = f.batch([xs, ys], { out: { gradient: [xs, strided(xs, { stride: 2 })] } });
  is<typeof written.gradient extends readonly unknown[] ? true : false, true>(true);
  let again: ReturnType<typeof f.batch> | undefined;
  again = f.batch([xs, ys], again ? { out: again } : undefined);
  f.batch([xs, ys], { onProgress: (done, total) => done / total });
  // @ts-expect-error single leaves can't be left out
  f.batch([xs, ys], { out: { gradient: [xs] } });
  // @ts-expect-error no such part
  f.batch([xs, ys], { out: { grad: [xs, xs] } });
  // @ts-expect-error integers would round
  f.batch([xs, ys], { out: { value: new Int32Array(3) } });
  return again;
}

export function invalid() {
  // @ts-expect-error "throw" or "nan"
  evaluate((x: number) => x, { invalid: "skip" });
  return [gradient((x: number) => x, { invalid: "nan", wrt: [0] }), dual((x: number) => x, { invalid: "throw" })];
}
