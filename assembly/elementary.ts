/** The elementary functions on two lanes: full range, JavaScript's special values, at most 1 ulp (pow 2). */
export { exp, expm1 } from "./kernels/exp";
export { log, log1p } from "./kernels/log";
export { sin, cos, tan } from "./kernels/trig";
export { tanh } from "./kernels/tanh";
export { atan, atan2 } from "./kernels/atan";
export { cbrt, hypot } from "./kernels/roots";
export { pow, powSlope, powLog } from "./kernels/pow";
export { round, sign, rem } from "./kernels/rounding";
