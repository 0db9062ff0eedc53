/** The special functions on two lanes: at most 1 ulp (erfcx and the gamma family 2), and the derivatives of theirs that need a kernel. */
export { erf, erfc, erfcx, erfcxSlope, erfcxDerivative, normalCdf } from "./kernels/erf";
export { gauss, normalPdf, normalPdfSlope } from "./kernels/gaussian";
export { gamma, gammaSlope, logGamma } from "./kernels/gamma";
export { digamma, trigamma } from "./kernels/digamma";
export { polygamma } from "./kernels/polygamma";
export { logistic, softplus } from "./kernels/logistic";
export { expTail, log1pTail } from "./kernels/tails";
export { sinc, sincDerivative } from "./kernels/sinc";
