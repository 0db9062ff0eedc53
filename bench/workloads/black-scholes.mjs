import { blackScholes } from "../../examples/options/black-scholes.js";
import { byHand } from "../../examples/options/rivals/by-hand.mjs";
import { forwardDifference } from "../../examples/options/rivals/forward-difference.mjs";
import { objectDuals } from "../../examples/options/rivals/object-duals.mjs";

export default {
  name: "black-scholes",
  title: "Black–Scholes, 5 parameters",
  method: "gradient",
  fn: blackScholes,
  ranges: [
    [50, 150],
    [50, 150],
    [0.01, 0.08],
    [0.1, 0.6],
    [0.1, 2],
  ],
  args: (columns) => columns,
  callOne: (f, [spot, strike, rate, volatility, maturity]) => f(spot, strike, rate, volatility, maturity),
  outputs: 6,
  rivals: { byHand, objectDuals, forwardDifference },
  bars: { byHand: 3.5 },
};
