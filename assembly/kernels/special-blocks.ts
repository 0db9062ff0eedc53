/** Every block kernel of the special functions: `fBlock(z, a, bytes)`, `fBlock(z, a, b, bytes)` over columns; z may be a or b. */
export { erfBlock, erfcBlock, erfcxBlock, erfcxSlopeBlock, erfcxDerivativeBlock, normalCdfBlock } from "./erf";
export { gaussBlock, normalPdfBlock, normalPdfSlopeBlock } from "./gaussian";
export { gammaBlock, gammaSlopeBlock, logGammaBlock } from "./gamma";
export { digammaBlock, trigammaBlock } from "./digamma";
export { polygammaBlock } from "./polygamma";
export { logisticBlock, softplusBlock } from "./logistic";
export { expTailBlock, log1pTailBlock } from "./tails";
export { sincBlock, sincDerivativeBlock } from "./sinc";
