// @ts-nocheck Some packages have no types.
// Functions that look into tables by their arguments, or throw at some.
import * as culori from "culori";
import * as d3Interpolate from "d3-interpolate";
import gaussian from "gaussian";
import Vector3d from "geodesy/vector3d.js";
import { quat } from "gl-matrix";
import * as predicates from "robust-predicates";
import * as simple from "simple-statistics";
import { createNoise2D } from "simplex-noise";
import { between, many } from "../corpus/range.ts";

const unit = [between(0.01, 0.99)];
const sample = many(5, 1, 4);

export default {
  "d3-interpolate, by tables": [
    ["interpolateBasis", d3Interpolate.interpolateBasis([1, 4, 2, 5]), unit],
    ["piecewise", d3Interpolate.piecewise(d3Interpolate.interpolateNumber, [1, 4, 2, 5]), unit],
  ],
  "culori, by tables": [
    ["interpolatorSplineNatural", culori.interpolatorSplineNatural([1, 4, 2, 5]), unit],
    ["interpolatorLinear", culori.interpolatorLinear([1, 4, 2, 5]), unit],
  ],
  "simplex-noise": [["createNoise2D", createNoise2D(() => 0.3), many(2, 0, 3)]],
  "gl-matrix, by the data": [["quat.fromMat3", quat.fromMat3, [many(4, 0, 1), many(9, -1, 1)]]],
  "robust-predicates": [["orient2d", predicates.orient2d, many(6, -1, 1)]],
  "simple-statistics, by tables or with throws": [
    ["cumulativeStdNormalProbability", simple.cumulativeStdNormalProbability, [between(0, 2)]],
    ["logit", simple.logit, [between(0.1, 0.9)]],
    ["geometricMean", simple.geometricMean, [sample]],
    ["harmonicMean", simple.harmonicMean, [sample]],
  ],
  gaussian: [
    ["cdf", (m, v, x) => gaussian(m, v).cdf(x), [between(-1, 1), between(0.5, 2), between(-2, 2)]],
    ["ppf", (m, v, p) => gaussian(m, v).ppf(p), [between(-1, 1), between(0.5, 2), between(0.1, 0.9)]],
  ],
  geodesy: [["angleTo", (a, b) => new Vector3d(...a).angleTo(new Vector3d(...b)), [many(3, 0.1, 1), many(3, -1, 0)]]],
};
