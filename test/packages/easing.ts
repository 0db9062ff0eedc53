// @ts-nocheck Some packages have no types.
// Easing and interpolation. Each entry: a function of the package as it stands, its arguments as ranges, edges, kinks.

import bezierEasing from "bezier-easing";
import cubicHermite from "cubic-hermite";
import * as d3Ease from "d3-ease";
import * as d3Interpolate from "d3-interpolate";
import eases from "eases";
import tween from "tween-functions";
import { between, many } from "../corpus/range.ts";

const unit = [between(0.01, 0.99)];
const tweened = [between(0.01, 0.99), between(-1, 1), between(2, 4), between(1, 2)];
const hermite = [many(2, -1, 1), many(2, -1, 1), many(2, -1, 1), many(2, -1, 1), between(0, 1)];

export default {
  "d3-ease": [
    ["easeBounceOut", d3Ease.easeBounceOut, unit, [[0], [1]]],
    ["easeBackInOut", d3Ease.easeBackInOut, unit, [[0.25]], [[0.5]]],
    ["easeElasticOut", d3Ease.easeElasticOut, unit, [[0], [1]]],
    ["easeElasticInOut.amplitude(1.5).period(0.4)", d3Ease.easeElasticInOut.amplitude(1.5).period(0.4), unit],
    ["easePolyInOut.exponent(2.5)", d3Ease.easePolyInOut.exponent(2.5), unit],
    ["easeCircleInOut", d3Ease.easeCircleInOut, unit],
    ["easeExpInOut", d3Ease.easeExpInOut, unit],
    ["easeSinIn", d3Ease.easeSinIn, unit, [[0], [0.5]], [[1]]],
  ],
  eases: [
    ["elasticInOut", eases.elasticInOut, unit],
    ["bounceIn", eases.bounceIn, unit],
    ["expoInOut", eases.expoInOut, unit, [], [[0], [1]]],
  ],
  "tween-functions": [
    ["easeInBack", tween.easeInBack, [...tweened, between(1, 2)]],
    ["easeInBack, without its last argument", tween.easeInBack, tweened],
    ["easeInOutBack", tween.easeInOutBack, tweened],
    ["easeOutBounce", tween.easeOutBounce, tweened],
    ["easeInOutExpo", tween.easeInOutExpo, tweened],
  ],
  "bezier-easing": [
    ["bezier(0.25, 0.1, 0.25, 1)", bezierEasing(0.25, 0.1, 0.25, 1), unit, [[0.5]], [[0], [1]]],
    ["bezier(0.68, -0.55, 0.265, 1.55)", bezierEasing(0.68, -0.55, 0.265, 1.55), unit],
  ],
  "d3-interpolate": [
    ["interpolateNumberArray([1, 2, 3], [4, 1, -3])", d3Interpolate.interpolateNumberArray([1, 2, 3], [4, 1, -3]), unit],
    ["interpolateObject", d3Interpolate.interpolateObject({ x: 1, y: [2, 3] }, { x: 4, y: [5, 8] }), unit],
    ["interpolateZoom([0, 0, 1], [3, 4, 0.5])", d3Interpolate.interpolateZoom([0, 0, 1], [3, 4, 0.5]), unit, [[0], [1]]],
    ["interpolateHue(20, 300)", d3Interpolate.interpolateHue(20, 300), unit],
  ],
  "cubic-hermite": [
    ["cubicHermite", cubicHermite, hermite],
    ["cubicHermite.derivative", cubicHermite.derivative, hermite],
  ],
};
