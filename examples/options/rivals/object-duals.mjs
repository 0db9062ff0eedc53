import { add, div, dual, exp, log, mul, neg, scale, shift, sqrt, sub } from "../../../bench/object-dual.mjs";

function dualCdf(x) {
  const t = div(dual(1, 0), shift(scale(0.2316419, x.val < 0 ? neg(x) : x), 1));
  const density = scale(0.3989422804014327, exp(scale(-0.5, mul(x, x))));
  let sum = shift(scale(1.330274429, t), -1.821255978);
  sum = shift(mul(t, sum), 1.781477937);
  sum = shift(mul(t, sum), -0.356563782);
  sum = shift(mul(t, sum), 0.31938153);
  const tail = mul(mul(density, t), sum);
  return x.val > 0 ? sub(dual(1, 0), tail) : tail;
}

function dualBlackScholes(spot, strike, rate, volatility, maturity) {
  const deviation = mul(volatility, sqrt(maturity));
  const drift = add(rate, scale(0.5, mul(volatility, volatility)));
  const d1 = div(add(log(div(spot, strike)), mul(drift, maturity)), deviation);
  const d2 = sub(d1, deviation);
  return sub(mul(spot, dualCdf(d1)), mul(mul(strike, exp(neg(mul(rate, maturity)))), dualCdf(d2)));
}

/** blackScholes on { val, der } objects, run once per parameter. */
export function objectDuals(
  [spots, strikes, rates, volatilities, maturities],
  [price, bySpot, byStrike, byRate, byVolatility, byMaturity],
) {
  for (let i = 0; i < spots.length; i++) {
    const s = spots[i];
    const k = strikes[i];
    const r = rates[i];
    const v = volatilities[i];
    const t = maturities[i];
    const first = dualBlackScholes(dual(s, 1), dual(k, 0), dual(r, 0), dual(v, 0), dual(t, 0));
    price[i] = first.val;
    bySpot[i] = first.der;
    byStrike[i] = dualBlackScholes(dual(s, 0), dual(k, 1), dual(r, 0), dual(v, 0), dual(t, 0)).der;
    byRate[i] = dualBlackScholes(dual(s, 0), dual(k, 0), dual(r, 1), dual(v, 0), dual(t, 0)).der;
    byVolatility[i] = dualBlackScholes(dual(s, 0), dual(k, 0), dual(r, 0), dual(v, 1), dual(t, 0)).der;
    byMaturity[i] = dualBlackScholes(dual(s, 0), dual(k, 0), dual(r, 0), dual(v, 0), dual(t, 1)).der;
  }
}
