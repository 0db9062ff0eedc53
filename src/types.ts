/**
 * The public types. Arguments and results are trees: numbers, arrays, objects, nested. Where a function has a number, a
 * batch has a column; a plain array is a column there, and a list of arguments where the function has an array.
 * Un-annotated parameters are numbers. Methods of class instances are no leaves; `any` stays `any`.
 */

/** Any numeric typed array, read exactly. There is none for 64-bit integers. */
export type TypedArray =
  | Float64Array
  | Float32Array
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array;

/** A column inside interleaved data, made by `strided`: `length` entries of `data` from `offset` on, `stride` apart. */
export interface Strided {
  readonly data: TypedArray;
  readonly offset: number;
  readonly stride: number;
  readonly length: number;
}

/** One number a point, read by a batch. */
export type Column = TypedArray | readonly number[] | Strided;

/** One number a point, written by a batch: rounded in a `Float32Array`; `strided` over either kind of float array. */
export type OutColumn = Float64Array | Float32Array | Strided;

type IsAny<T> = 0 extends 1 & T ? true : false;
type Fn = (...args: never[]) => unknown;
type NoNumber = string | boolean | bigint | symbol | null | undefined;

/** `T` with every number replaced by `Leaf`; tuples stay tuples, labels and `?` included; strings and flags stay. */
export type TreeOf<T, Leaf> =
  IsAny<T> extends true
    ? any
    : T extends number
      ? Leaf
      : T extends NoNumber
        ? T
        : T extends TypedArray
          ? Leaf[]
          : T extends readonly unknown[]
            ? { [K in keyof T]: TreeOf<T[K], Leaf> }
            : T extends object
              ? { [K in keyof T as T[K] extends Fn ? never : K]: TreeOf<T[K], Leaf> }
              : never;

/** As `TreeOf`, for derivatives: what is no number has no entry in an object, and is `undefined` in an array. */
export type DerivativeOf<T, Leaf> =
  IsAny<T> extends true
    ? any
    : T extends number
      ? Leaf
      : T extends NoNumber
        ? undefined
        : T extends TypedArray
          ? Leaf[]
          : T extends readonly unknown[]
            ? { [K in keyof T]: DerivativeOf<T[K], Leaf> }
            : T extends object
              ? { [K in keyof T as T[K] extends Fn | NoNumber ? never : K]: DerivativeOf<T[K], Leaf> }
              : never;

/** What `batch` takes for arguments `A`: a column, or a number shared by all points, where the function has a number. */
export type Columns<A> = TreeOf<A, Column | number>;
/** What `batch` gives for a result `R`: a column of its own for every number. */
export type Results<R> = TreeOf<R, Float64Array>;

/** What to differentiate with respect to: an argument by index, or a part of one by path (`[0, "focal"]`). */
export type Wrt = readonly (number | readonly (number | string)[])[];

type At<T, P> = P extends readonly [infer Key, ...infer Rest] ? At<T[Key & keyof T], Rest> : T;
/** The arguments, or parts of arguments, that `wrt` chooses, in its order. Optional arguments that are not given have no derivative. */
export type Picked<A extends readonly unknown[], W> = W extends Wrt
  ? { -readonly [I in keyof W]: At<Required<A>, W[I] extends number ? [W[I]] : W[I]> }
  : A;

/** Names that a function closes over: an object, or a function that returns one and whose own text is read too. */
export type Scope = Readonly<Record<string, unknown>> | (() => Readonly<Record<string, unknown>>);

/** Options of every operator. */
export interface EvaluateOptions {
  /** The tuple of example arguments, needed only where the length of an array is not visible: `[[0, 0, 0]]`. Numbers in it are ignored. */
  readonly shape?: readonly unknown[];
  /** Names that the function closes over, where they cannot be read or are to be replaced. */
  readonly scope?: Scope;
  /** `"compiled"` emits a WebAssembly module for each plan; `"interpreted"` runs plans in the module shipped. Same bits. Default compiled. */
  readonly engine?: "compiled" | "interpreted";
  /**
   * What becomes of points on which the function has no result: it throws there, or a loop does not end. `"throw"`: the call ends with an error that has
   * the `index` of the first such point, and as `cause` the error that the function makes there. `"nan"`: the value and all
   * derivatives of such points are NaN. Default `"throw"`.
   */
  readonly invalid?: "throw" | "nan";
  /**
   * Most turns of a loop whose end depends on the data, per point. A point that would make more has no result
   * (`max-iterations`, see `invalid`). Default 10,000.
   */
  readonly maxIterations?: number;
}

/** Options of `gradient` and `jacobian`. */
export interface DerivativeOptions<W> extends EvaluateOptions {
  /** What to differentiate with respect to; derivatives are for those, in that order. Default all arguments. */
  readonly wrt?: W;
}

/** Options of `batch`. */
export interface BatchOptions<Out> {
  /**
   * Columns to write into, of exactly as many points as the arguments, in the tree of the result. `value` or the
   * derivative may be absent as a whole, and is not computed then. No element may also belong to an argument or to another output.
   */
  readonly out?: Out;
  /** Called between chunks with the number of points done and of all points. It may call epsilane. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What was built and why: operations, loops and kernels, bytes, order of elimination and its counted cost. For people, not for programs. */
export type Report = Readonly<Record<string, unknown>>;

/** What an operator makes of a function with the arguments `A`: `One` for a point, `Many` for columns; `Out` may be written into. */
export interface Differentiated<A extends readonly unknown[], One, Many, Out> {
  /**
   * One point: plain numbers in the tree of the arguments, and plain numbers out.
   *
   * @throws EpsilaneError where arguments do not fit, or the function has no result at the point (see `invalid`).
   */
  (...args: A): One;
  /**
   * All points: `args` is the tuple of the arguments, with a column or a shared number for each number, at least one
   * column, all columns of one length. Gives fresh columns of that length, or `out`.
   *
   * @throws EpsilaneError before anything is written, where arguments or `out` do not fit; where the function throws at a
   * point or a loop does not end (`thrown`, `max-iterations`, see `invalid`), and `out` then holds unspecified numbers.
   */
  batch<O extends Partial<Out>>(args: Columns<A>, options: BatchOptions<O> & { readonly out: O }): O;
  batch(args: Columns<A>, options?: BatchOptions<Many>): Many;
  /** What was built for the last call, and why; `undefined` before the first. */
  readonly report: Report | undefined;
}

/** The function itself: `{ value }`, in the tree of the result. */
export type Evaluated<A extends readonly unknown[], R> = Differentiated<
  A,
  { value: R },
  { value: Results<R> },
  { value: TreeOf<R, OutColumn> }
>;

/** `{ value, gradient }`, the gradient in the tree of the arguments `P` that it is for. */
export type Gradient<A extends readonly unknown[], P> = Differentiated<
  A,
  { value: number; gradient: TreeOf<P, number> },
  { value: Float64Array; gradient: Results<P> },
  { value: OutColumn; gradient: TreeOf<P, OutColumn> }
>;

/** `jacobian[output][argument]`, in the trees of both. For one number as the result it has the tree of a gradient. */
export type Jacobian<A extends readonly unknown[], P, R> = Differentiated<
  A,
  { value: R; jacobian: DerivativeOf<R, TreeOf<P, number>> },
  { value: Results<R>; jacobian: DerivativeOf<R, Results<P>> },
  { value: TreeOf<R, OutColumn>; jacobian: DerivativeOf<R, TreeOf<P, OutColumn>> }
>;

/** `{ value, derivative }`, both in the tree of the result. */
export type Derivative<X extends number, R> = Differentiated<
  [x: X],
  { value: R; derivative: DerivativeOf<R, number> },
  { value: Results<R>; derivative: DerivativeOf<R, Float64Array> },
  { value: TreeOf<R, OutColumn>; derivative: DerivativeOf<R, OutColumn> }
>;

/** `{ value, tangent }`; `batch` takes one tuple `[args, tangents]`, both in the tree of the function's own arguments. */
export type Jvp<A extends readonly unknown[], R> = Differentiated<
  [args: A, tangents: TreeOf<A, number>],
  { value: R; tangent: DerivativeOf<R, number> },
  { value: Results<R>; tangent: DerivativeOf<R, Float64Array> },
  { value: TreeOf<R, OutColumn>; tangent: DerivativeOf<R, OutColumn> }
>;

/** A dual number `val + der·ε`, with ε² = 0. */
export interface Dual {
  val: number;
  der: number;
}

/** Dual numbers of all points, as a structure of columns. `der: 0` is a tangent that is not there. */
export interface DualColumn {
  readonly val: Column | number;
  readonly der: Column | number;
}

/** A function on dual numbers, of trees as the function itself. */
export interface DualFunction<A extends readonly unknown[], R> {
  /** One point: a dual number for each number. */
  (...args: TreeOf<A, Dual> extends infer D extends readonly unknown[] ? D : never): TreeOf<R, Dual>;
  /** All points: `val` and `der` are a column or a shared number each, at least one of all is a column. */
  batch(args: TreeOf<A, DualColumn>): TreeOf<R, { val: Float64Array; der: Float64Array }>;
  /** What was built for the last call, and why; `undefined` before the first. */
  readonly report: Report | undefined;
}
