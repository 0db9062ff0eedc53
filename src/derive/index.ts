export { type Accumulation, accumulateJacobian } from "./jacobian.ts";
export { pushforward } from "./pushforward.ts";
