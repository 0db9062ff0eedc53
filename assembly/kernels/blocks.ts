/** Every block kernel: `fBlock(z, a, bytes)`, `fBlock(z, a, b, bytes)` over columns; z may be a or b. */
export { expBlock, expm1Block } from "./exp";
export { logBlock, log1pBlock } from "./log";
export { sinBlock, cosBlock, sincosBlock, tanBlock } from "./trig";
export { tanhBlock } from "./tanh";
export { atanBlock, atan2Block } from "./atan";
export { cbrtBlock, hypotBlock } from "./roots";
export { powBlock, powSlopeBlock, powLogBlock } from "./pow";
export { roundBlock, signBlock, remBlock } from "./rounding";
