// @ts-nocheck Some packages have no types.
// Vectors, matrices, quaternions, curves, complex numbers.
import { Bezier } from "bezier-js";
import Complex from "complex.js";
import { mat2, mat3, mat4, quat, quat2, vec3, vec4 } from "gl-matrix";
import Quaternion from "quaternion";
import * as predicates from "robust-predicates";
import Vec3 from "vec3";
import Victor from "victor";
import { between, many } from "../corpus/range.ts";

const out = (length) => many(length, 0, 1);
const inCurve = [between(0, 1), between(0.2, 0.8)];
const curve = (x, y) => new Bezier(0, 0, x, y, 3, 1, 4, 0);

export default {
  "gl-matrix": [
    [
      "vec3.normalize",
      vec3.normalize,
      [out(3), many(3, 0.1, 2)],
      [],
      [
        [
          [0, 0, 0],
          [0, 0, 0],
        ],
      ],
    ],
    ["vec3.bezier", vec3.bezier, [out(3), many(3, 0, 1), many(3, 0, 1), many(3, 0, 1), many(3, 0, 1), between(0, 1)]],
    ["vec3.angle", vec3.angle, [many(3, 0.1, 1), many(3, -1, 1)]],
    ["vec3.rotateX", vec3.rotateX, [out(3), many(3, 0, 1), many(3, 0, 1), between(-3, 3)]],
    ["vec4.transformQuat", vec4.transformQuat, [out(4), many(4, -1, 1), many(4, -1, 1)]],
    ["quat.slerp", quat.slerp, [out(4), many(4, -1, 1), many(4, -1, 1), between(0, 1)]],
    ["quat.setAxisAngle", quat.setAxisAngle, [out(4), many(3, 0, 1), between(-3, 3)]],
    ["quat.fromEuler", quat.fromEuler, [out(4), ...many(3, -90, 90)]],
    ["quat.pow", quat.pow, [out(4), many(4, 0.1, 0.4), between(0.5, 2)]],
    ["quat2.fromRotationTranslation", quat2.fromRotationTranslation, [out(8), many(4, 0, 1), many(3, 0, 1)]],
    ["mat2.LDU", mat2.LDU, [out(4), out(4), out(4), many(4, 1, 2)]],
    ["mat3.normalFromMat4", mat3.normalFromMat4, [out(9), many(16, -1, 1)]],
    ["mat4.perspective", mat4.perspective, [out(16), between(0.5, 1.5), between(1, 2), between(0.1, 1), between(10, 100)]],
    ["mat4.lookAt", mat4.lookAt, [out(16), many(3, -5, -4), many(3, 0, 1), many(3, 0.5, 1)]],
    ["mat4.rotate", mat4.rotate, [out(16), many(16, -1, 1), between(-3, 3), many(3, 0.3, 1)]],
  ],
  "robust-predicates": [
    ["incirclefast", predicates.incirclefast, many(8, -1, 1)],
    ["orient3dfast", predicates.orient3dfast, many(12, -1, 1)],
  ],
  quaternion: [
    ["fromEuler", Quaternion.fromEuler, many(3, -1, 1)],
    ["fromAxisAngle", Quaternion.fromAxisAngle, [many(3, 0.2, 1), between(0, 1)]],
    ["rotateVector", (w, x, y, z, v) => new Quaternion(w, x, y, z).normalize().rotateVector(v), [...many(4, 0.2, 1), many(3, -1, 1)]],
  ],
  "complex.js": [
    ["tan", (re, im) => new Complex(re, im).tan().toVector(), many(2, 0.2, 1)],
    ["pow", (a, b, c, d) => new Complex(a, b).pow(new Complex(c, d)).toVector(), many(4, 0.2, 1)],
  ],
  vec3: [
    [
      "unit, cross",
      (x, y, z) =>
        new Vec3(x, y, z)
          .unit()
          .cross(new Vec3(1, 2, 3))
          .toArray(),
      many(3, 0.2, 1),
    ],
    ["distanceTo", (x, y, z) => Vec3(x, y, z).distanceTo(Vec3(1, 2, 3)), many(3, 0.2, 0.9)],
  ],
  victor: [
    ["rotate", (x, y, angle) => new Victor(x, y).rotate(angle).toArray(), many(3, 0.2, 1)],
    ["norm, horizontalAngleDeg", (x, y) => new Victor(x, y).norm().horizontalAngleDeg(), many(2, 0.2, 1)],
  ],
  "bezier-js": [
    ["compute", (x, t) => curve(x, 1).compute(t), inCurve],
    ["normal", (x, t) => curve(x, 1).normal(t), inCurve],
    ["curvature", (x, t) => curve(x, 1).curvature(t), inCurve],
    ["length", (x, y) => curve(x, y).length(), [between(0, 1), between(1, 2)]],
  ],
};
