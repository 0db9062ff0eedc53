// Functions whose derivatives a page and Node must agree on bit for bit. They close over nothing: a page cannot read closures.

const POINTS = 259;

/** A column of numbers in [low, high), the same in every engine. */
function column(seed, low, high) {
  let state = seed;
  return Float64Array.from({ length: POINTS }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return low + (high - low) * (state / 2 ** 32);
  });
}

const x = column(1, -3, 3);
const y = column(2, -3, 3);
const z = column(3, 0.1, 50);

const CASES = {
  distance: ({ gradient }) => gradient((x, y) => Math.sqrt(x * x + y * y)).batch([x, y]),
  "distance, interpreted": ({ gradient }) => gradient((x, y) => Math.sqrt(x * x + y * y), { engine: "interpreted" }).batch([x, y]),
  elementary: ({ gradient }) =>
    gradient((x, y, z) => Math.exp(Math.sin(x) * y) + Math.log(z) * Math.cos(x * y) + (1 + y * y) ** 1.5).batch([x, y, z]),
  "tangents and angles": ({ gradient }) =>
    gradient((x, y, z) => Math.tanh(x) * Math.atan2(y, z) + Math.tan(x / 4) + Math.atan(y) + Math.hypot(x, y)).batch([x, y, z]),
  branches: ({ gradient }) => gradient((x, y) => (x > y ? Math.sqrt(x - y) : Math.max(x, -2) * Math.abs(y))).batch([x, y]),
  "shared number": ({ gradient }) => gradient((x, k) => x ** 3 * k - 1 / k).batch([x, 0.3]),
  "widened column": ({ gradient }) => gradient((x, y) => x / y).batch([Float32Array.from(x), z]),
  rosenbrock: ({ gradient }) =>
    gradient(
      (v) => {
        let sum = 0;
        for (let i = 0; i < v.length - 1; i++) sum += 100 * (v[i + 1] - v[i] ** 2) ** 2 + (1 - v[i]) ** 2;
        return sum;
      },
      { shape: [[0, 0, 0]] },
    ).batch([[x, y, z]]),
  polar: ({ jacobian }) => jacobian((r, angle) => ({ x: r * Math.cos(angle), y: r * Math.sin(angle) })).batch([z, y]),
  "directional derivative": ({ jvp }) =>
    jvp((x, y) => [x * y, Math.sin(x) / y]).batch([
      [x, z],
      [1, y],
    ]),
  curve: ({ derivative }) => derivative((t) => [Math.cos(t), Math.sin(t), t ** 2]).batch([x]),
  "value only": ({ evaluate }) => evaluate((x, y) => Math.exp(-x * x) * y).batch([x, y]),
  duals: ({ dual }) =>
    dual((x, y) => Math.sqrt(x * x + y * y) / x).batch([
      { val: x, der: 1 },
      { val: y, der: z },
    ]),
  "one point": ({ gradient }) => gradient((x, y) => Math.sqrt(x * x + y * y))(3, 4),
};

const leaves = (tree) =>
  typeof tree === "number" ? [Float64Array.of(tree)] : tree instanceof Float64Array ? [tree] : Object.values(tree).flatMap(leaves);

/** The bits of every number, in hexadecimal; all NaNs are one. */
function bits(column) {
  const canonical = column.map((value) => (Number.isNaN(value) ? Number.NaN : value));
  return Array.from(new BigUint64Array(canonical.buffer), (word) => word.toString(16)).join(" ");
}

/** For each case by name, the bits of all columns of its result; or the error that it threw. */
export function results(epsilane) {
  return Object.fromEntries(
    Object.entries(CASES).map(([name, run]) => {
      try {
        return [name, leaves(run(epsilane)).map(bits)];
      } catch (error) {
        return [name, `${error.name}: ${error.message}`];
      }
    }),
  );
}
