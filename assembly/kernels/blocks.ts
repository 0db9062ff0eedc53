/** Every block kernel: `fBlock(z, a, bytes)`, `fBlock(z, a, b, bytes)` over columns; z may be a or b. `gather` reads a table beside them. */
export { expBlock, expm1Block, exp2Block } from "./exp";
export { logBlock, log1pBlock, log2Block, log10Block } from "./log";
export { sinBlock, cosBlock, sincosBlock, tanBlock } from "./trig";
export { tanhBlock } from "./tanh";
export { sinhBlock, coshBlock } from "./sinh";
export { asinhBlock, acoshBlock, atanhBlock } from "./asinh";
export { atanBlock, atan2Block } from "./atan";
export { asinBlock, acosBlock } from "./asin";
export { cbrtBlock, hypotBlock } from "./roots";
export { powBlock, powSlopeBlock, powLogBlock } from "./pow";
export { roundBlock, froundBlock, signBlock, remBlock } from "./rounding";
export { gatherBlock } from "./gather";
export { readBlock, writeBlock, fillBlock, copyBlock, mergeBlock } from "./arrays";
export { bitAndBlock, bitOrBlock, bitXorBlock, shiftLeftBlock, shiftRightBlock, shiftRightUnsignedBlock, imulBlock, clz32Block } from "./integers";
