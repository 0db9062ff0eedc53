/** Distribution function of the standard normal, by Abramowitz & Stegun 26.2.17 (absolute error below 7.5e-8). */
export function normalCdf(x) {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const density = 0.3989422804014327 * Math.exp((-x * x) / 2);
  const tail = density * t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return x > 0 ? 1 - tail : tail;
}

/**
 * Price of a European call by Black and Scholes.
 * @param {number} spot price of the underlying today
 * @param {number} strike price at which the holder may buy
 * @param {number} rate riskless interest rate a year, continuously compounded
 * @param {number} volatility of the underlying, a year
 * @param {number} maturity years to expiry
 */
export function blackScholes(spot, strike, rate, volatility, maturity) {
  const deviation = volatility * Math.sqrt(maturity);
  const d1 = (Math.log(spot / strike) + (rate + (volatility * volatility) / 2) * maturity) / deviation;
  const d2 = d1 - deviation;
  return spot * normalCdf(d1) - strike * Math.exp(-rate * maturity) * normalCdf(d2);
}
