// blackScholes and its gradient to some 45 digits: the formula of black-scholes.js, its constants as the doubles they are, on dual
// numbers { val, der } whose parts are fixed-point BigInts with 192 bits after the point. Nothing here uses the code that it checks.

const BITS = 192n;
const ONE = 1n << BITS;
const SQUARINGS = 16n;

/** The double x, exactly (below 2^-192 cut off). */
function fixed(x) {
  let exponent = 0;
  let mantissa = x;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    exponent++;
  }
  return (BigInt(mantissa) << BITS) >> BigInt(exponent);
}

const number = (a) => Number(a) / 2 ** Number(BITS);
const times = (a, b) => (a * b) >> BITS;
const over = (a, b) => (a << BITS) / b;

function root(a) {
  const square = a << BITS;
  let guess = fixed(Math.sqrt(number(a)));
  for (let i = 0; i < 4; i++) guess = (guess + square / guess) >> 1n;
  return guess;
}

/** e^a = (e^(a / 2^16))^(2^16), the inner one by Taylor's series. */
function exponential(a) {
  const small = a >> SQUARINGS;
  let term = ONE;
  let sum = ONE;
  for (let k = 1n; term !== 0n && term !== -1n; k++) {
    term = times(term, small) / k;
    sum += term;
  }
  for (let i = 0n; i < SQUARINGS; i++) sum = times(sum, sum);
  return sum;
}

/** Newton's method on e^y = a; each step doubles the digits. */
function logarithm(a) {
  let y = fixed(Math.log(number(a)));
  for (let i = 0; i < 3; i++) y += times(a, exponential(-y)) - ONE;
  return y;
}

const constant = (x) => ({ val: fixed(x), der: 0n });
const add = (a, b) => ({ val: a.val + b.val, der: a.der + b.der });
const sub = (a, b) => ({ val: a.val - b.val, der: a.der - b.der });
const mul = (a, b) => ({ val: times(a.val, b.val), der: times(a.der, b.val) + times(a.val, b.der) });
const neg = (a) => ({ val: -a.val, der: -a.der });

function div(a, b) {
  const val = over(a.val, b.val);
  return { val, der: over(a.der - times(val, b.der), b.val) };
}

function sqrt(a) {
  const val = root(a.val);
  return { val, der: over(a.der, 2n * val) };
}

function exp(a) {
  const val = exponential(a.val);
  return { val, der: times(val, a.der) };
}

const log = (a) => ({ val: logarithm(a.val), der: over(a.der, a.val) });

const COEFFICIENTS = [1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.31938153].map(constant);
const [ONE_DUAL, TWO, DENSITY, STEP] = [1, 2, 0.3989422804014327, 0.2316419].map(constant);

function normalCdf(x) {
  const t = div(ONE_DUAL, add(ONE_DUAL, mul(STEP, x.val < 0n ? neg(x) : x)));
  const density = mul(DENSITY, exp(div(neg(mul(x, x)), TWO)));
  const polynomial = COEFFICIENTS.reduce((sum, coefficient) => add(mul(t, sum), coefficient));
  const tail = mul(mul(density, t), polynomial);
  return x.val > 0n ? sub(ONE_DUAL, tail) : tail;
}

function blackScholes([spot, strike, rate, volatility, maturity]) {
  const deviation = mul(volatility, sqrt(maturity));
  const drift = add(rate, div(mul(volatility, volatility), TWO));
  const d1 = div(add(log(div(spot, strike)), mul(drift, maturity)), deviation);
  const d2 = sub(d1, deviation);
  return sub(mul(spot, normalCdf(d1)), mul(mul(strike, exp(neg(mul(rate, maturity)))), normalCdf(d2)));
}

/** [price, ∂/∂spot, ∂/∂strike, ∂/∂rate, ∂/∂volatility, ∂/∂maturity] of one option, each rounded to a double at the very end. */
export function exactGreeks(parameters) {
  const runs = parameters.map((_, which) => blackScholes(parameters.map((x, i) => ({ val: fixed(x), der: i === which ? ONE : 0n }))));
  return [number(runs[0].val), ...runs.map((run) => number(run.der))];
}
