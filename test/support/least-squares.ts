/** Nonlinear least squares, from residuals and the columns of the model's Jacobian. */
export type Model = (parameters: readonly number[]) => { readonly residuals: Float64Array; readonly columns: readonly Float64Array[] };

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, index) => sum + value * b[index]!, 0);

/**
 * The QR factors of a matrix of columns, by Gram and Schmidt's method, each column made orthogonal twice (Björck, Numerical
 * Methods for Least Squares Problems, 2.4).
 */
export function factorise(columns: readonly Float64Array[]) {
  const q: Float64Array[] = [];
  const r = columns.map(() => new Float64Array(columns.length));
  columns.forEach((column, k) => {
    let rest = column;
    for (const _ of [1, 2]) {
      q.forEach((direction, i) => {
        const along = dot(direction, rest);
        r[i]![k]! += along;
        rest = rest.map((value, row) => value - along * direction[row]!);
      });
    }
    r[k]![k] = Math.sqrt(dot(rest, rest));
    q.push(rest.map((value) => value / r[k]![k]!));
  });
  /** The solution x of Rx = b. */
  const solveUpper = (b: readonly number[]) => {
    const x = [...b];
    for (let i = b.length - 1; i >= 0; i--) {
      for (let k = i + 1; k < b.length; k++) x[i]! -= r[i]![k]! * x[k]!;
      x[i]! /= r[i]![i]!;
    }
    return x;
  };
  return {
    solve: (b: Float64Array) => solveUpper(q.map((direction) => dot(direction, b))),
    /** The lengths of the rows of R⁻¹: roots of the diagonal of (AᵀA)⁻¹. */
    get inverseNorms() {
      const unit = (k: number) => columns.map((_, i) => Number(i === k));
      const inverse = columns.map((_, k) => solveUpper(unit(k)));
      return columns.map((_, i) => Math.hypot(...inverse.map((column) => column[i]!)));
    },
  };
}

/** Levenberg and Marquardt's method, each parameter scaled by its column, until a step changes no digit that counts. */
export function fit(model: Model, start: readonly number[]): number[] {
  let parameters = [...start];
  let { residuals, columns } = model(parameters);
  let damping = 1e-3;
  for (let step = 0; step < 2000; step++) {
    const count = residuals.length;
    const damped = columns.map((column, k) => {
      const longer = new Float64Array(count + columns.length);
      longer.set(column);
      longer[count + k] = Math.sqrt(damping * dot(column, column));
      return longer;
    });
    const target = new Float64Array(count + columns.length);
    target.set(residuals);
    const change = factorise(damped).solve(target);
    const next = parameters.map((value, k) => value + change[k]!);
    const there = model(next);
    if (dot(there.residuals, there.residuals) <= dot(residuals, residuals)) {
      const isDone = change.every((value, k) => Math.abs(value) <= 1e-11 * Math.abs(next[k]!));
      parameters = next;
      ({ residuals, columns } = there);
      if (isDone) break;
      damping /= 10;
    } else {
      if (damping > 1e12) break;
      damping *= 10;
    }
  }
  return parameters;
}
