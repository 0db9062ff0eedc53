/** The elementary functions on two lanes: full range, JavaScript's special values, at most 1 ulp (pow 2). */
export { exp, expm1, exp2 } from "./kernels/exp";
export { log, log1p, log2, log10 } from "./kernels/log";
export { sin, cos, tan } from "./kernels/trig";
export { tanh } from "./kernels/tanh";
export { sinh, cosh } from "./kernels/sinh";
export { asinh, acosh, atanh } from "./kernels/asinh";
export { atan, atan2 } from "./kernels/atan";
export { asin, acos } from "./kernels/asin";
export { cbrt, hypot } from "./kernels/roots";
export { pow, powSlope, powLog } from "./kernels/pow";
export { round, fround, sign, rem } from "./kernels/rounding";
export { gather } from "./kernels/gather";
export { read, write, fill, merge } from "./kernels/arrays";
export { bitAnd, bitOr, bitXor, shiftLeft, shiftRight, shiftRightUnsigned, imul, clz32 } from "./kernels/integers";
