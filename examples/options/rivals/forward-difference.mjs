import { step } from "../../../bench/forward-step.mjs";
import { blackScholes } from "../black-scholes.js";

/** (f(x + h) − f(x)) / h in each parameter: blackScholes runs six times. */
export function forwardDifference(
  [spots, strikes, rates, volatilities, maturities],
  [price, bySpot, byStrike, byRate, byVolatility, byMaturity],
) {
  for (let i = 0; i < spots.length; i++) {
    const s = spots[i];
    const k = strikes[i];
    const r = rates[i];
    const v = volatilities[i];
    const t = maturities[i];
    const hs = step(s);
    const hk = step(k);
    const hr = step(r);
    const hv = step(v);
    const ht = step(t);
    const at = blackScholes(s, k, r, v, t);
    price[i] = at;
    bySpot[i] = (blackScholes(s + hs, k, r, v, t) - at) / hs;
    byStrike[i] = (blackScholes(s, k + hk, r, v, t) - at) / hk;
    byRate[i] = (blackScholes(s, k, r + hr, v, t) - at) / hr;
    byVolatility[i] = (blackScholes(s, k, r, v + hv, t) - at) / hv;
    byMaturity[i] = (blackScholes(s, k, r, v, t + ht) - at) / ht;
  }
}
