// The gradient of blackScholes worked out on paper, over typed arrays: straight-line, every exp and root taken once.
// With n the slope of normalCdf's own polynomial: ∂d1/∂S = 1/(S q), ∂d1/∂r = √T/σ, ∂d1/∂σ = −d2/σ, ∂d2/∂σ = −d1/σ, q = σ√T.

export function byHand([spots, strikes, rates, volatilities, maturities], [price, bySpot, byStrike, byRate, byVolatility, byMaturity]) {
  for (let i = 0; i < spots.length; i++) {
    const spot = spots[i];
    const strike = strikes[i];
    const rate = rates[i];
    const volatility = volatilities[i];
    const maturity = maturities[i];
    const rootT = Math.sqrt(maturity);
    const q = volatility * rootT;
    const drift = rate + 0.5 * volatility * volatility;
    const d1 = (Math.log(spot / strike) + drift * maturity) / q;
    const d2 = d1 - q;
    const discounted = strike * Math.exp(-rate * maturity);

    const a1 = Math.abs(d1);
    const t1 = 1 / (1 + 0.2316419 * a1);
    const density1 = 0.3989422804014327 * Math.exp(-0.5 * d1 * d1);
    const p1 = t1 * (0.31938153 + t1 * (-0.356563782 + t1 * (1.781477937 + t1 * (-1.821255978 + t1 * 1.330274429))));
    const dp1 = 0.31938153 + t1 * (-0.713127564 + t1 * (5.344433811 + t1 * (-7.285023912 + t1 * 6.651372145)));
    const tail1 = density1 * p1;
    const cdf1 = d1 > 0 ? 1 - tail1 : tail1;
    const slope1 = spot * density1 * (a1 * p1 + 0.2316419 * t1 * t1 * dp1);

    const a2 = Math.abs(d2);
    const t2 = 1 / (1 + 0.2316419 * a2);
    const density2 = 0.3989422804014327 * Math.exp(-0.5 * d2 * d2);
    const p2 = t2 * (0.31938153 + t2 * (-0.356563782 + t2 * (1.781477937 + t2 * (-1.821255978 + t2 * 1.330274429))));
    const dp2 = 0.31938153 + t2 * (-0.713127564 + t2 * (5.344433811 + t2 * (-7.285023912 + t2 * 6.651372145)));
    const tail2 = density2 * p2;
    const cdf2 = d2 > 0 ? 1 - tail2 : tail2;
    const slope2 = discounted * density2 * (a2 * p2 + 0.2316419 * t2 * t2 * dp2);

    const paid = discounted * cdf2;
    const excess = slope1 - slope2;
    price[i] = spot * cdf1 - paid;
    bySpot[i] = cdf1 + excess / (spot * q);
    byStrike[i] = -(paid + excess / q) / strike;
    byRate[i] = paid * maturity + (excess * rootT) / volatility;
    byVolatility[i] = (slope2 * d1 - slope1 * d2) / volatility;
    byMaturity[i] = paid * rate + excess * (drift / q - (0.5 * d1) / maturity) + (0.5 * slope2 * volatility) / rootT;
  }
}
