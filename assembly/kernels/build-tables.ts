/**
 * The tables of the kernels, computed when the module is instantiated: as data they would be half of the module.
 *
 * In double-double arithmetic (Dekker): a number is an unevaluated sum of two doubles, here the lanes (head, tail) of a
 * v128, good to some 2^-100. That settles every head and, as tails are kept to multiples of 2^-84 only, every tail too:
 * each table has the bits that scripts/fit.py finds with 240 (test/kernels/tables.test.ts). Only final values are stored,
 * so threads may build the same tables in one shared memory.
 */
import { ASIN_COLUMN, ASIN_ROWS } from "./asin";
import {
  ASIN_TABLE, ATAN_POINT, ATAN_VALUE, CBRT_NUDGES, CBRT_TABLE, EXP_TABLE, LOG_NUDGES, LOG_TABLE, LOG_TAIL, TAN_TABLE, TANH_POINT, TANH_SLOPE,
  TABLE_SEEDS, TRIG_TABLE,
} from "./tables";

// ---- numbers of two doubles

// @ts-ignore: decorator
@inline function pair(head: f64, tail: f64): v128 { return f64x2.replace_lane(f64x2.splat(head), 1, tail); }
// @ts-ignore: decorator
@inline function whole(x: f64): v128 { return pair(x, 0); }
// @ts-ignore: decorator
@inline function head(x: v128): f64 { return f64x2.extract_lane(x, 0); }
// @ts-ignore: decorator
@inline function tail(x: v128): f64 { return f64x2.extract_lane(x, 1); }

/** The top 26 bits (Veltkamp). */
// @ts-ignore: decorator
@inline function top(x: f64): f64 {
  const scaled = x * 134217729;
  return scaled - (scaled - x);
}

/** a·b + c: the one operation that all the others are made of, for the sake of bytes. */
function mulAdd(a: v128, b: v128, c: v128): v128 {
  const product = head(a) * head(b), aTop = top(head(a)), bTop = top(head(b)), aLow = head(a) - aTop, bLow = head(b) - bTop;
  const lost = aLow * bLow - (product - aTop * bTop - aLow * bTop - aTop * bLow); // Dekker
  const sum = product + head(c), back = sum - product; // two-sum (Knuth)
  const rest = product - (sum - back) + (head(c) - back) + (lost + (head(a) * tail(b) + tail(a) * head(b)) + tail(c));
  const s = sum + rest;
  return pair(s, rest - (s - sum));
}

function mul(a: v128, b: v128): v128 { return mulAdd(a, b, f64x2.splat(0)); }

function add(a: v128, b: v128): v128 { return mulAdd(a, whole(1), b); }

/** By long division: a first quotient, and another from the remainder. */
function div(a: v128, b: v128): v128 {
  const q = whole(head(a) / head(b)), rest = mulAdd(b, f64x2.neg(q), a);
  return add(q, whole(head(rest) / head(b)));
}

/** z + z w/3 + z w²/5 + …: artanh z for w = z², arctan z for w = −z². */
function oddSeries(z: v128, w: v128): v128 {
  let sum = z, power = z, term = z;
  for (let n: f64 = 3; abs(head(term)) > 1e-32; n += 2) {
    power = mul(power, w);
    term = div(power, whole(n));
    sum = add(sum, term);
  }
  return sum;
}

/** Rounds a number below 2^-33 to a multiple of 2^-84. */
// @ts-ignore: decorator
@inline function kept(tail: f64): f64 {
  const rounder = 3.4924596548080444e-10; // 1.5·2^-32
  return tail + rounder - rounder;
}

// @ts-ignore: decorator
@inline function storePair(address: usize, a: f64, b: f64): void { v128.store(address, pair(a, b)); }

/** Number i of TABLE_SEEDS. */
// @ts-ignore: decorator
@inline function seed(i: usize): v128 { return v128.load(TABLE_SEEDS + i * 16); }

// ---- the tables

/** One factor 2^(1/256) an entry. */
function buildExp(): void {
  let power = whole(1);
  for (let i: usize = 0; i < 256; i++) {
    const bits = reinterpret<i64>(head(power)) - (<i64>i << 44);
    storePair(EXP_TABLE + i * 16, kept(tail(power) / head(power)), reinterpret<f64>(bits));
    power = mul(power, seed(0));
  }
}

/** From entry to entry log c grows by log(n/n′) = 2 artanh((n − n′)/(n + n′)), where 1/c is n/2^26. */
function buildLog(): void {
  let before: f64 = 67108864, logarithm = whole(0);
  for (let i: usize = 0; i < 256; i++) {
    const centre = reinterpret<f64>(0x3fe6080000000000 + (<i64>i << 44)), isMiddle = abs(centre - 1) < 0.0078125;
    const n = isMiddle ? 67108864 : nearest(67108864 / centre) + <f64>load<i16>(LOG_NUDGES + i * 2);
    const z = div(whole(before - n), whole(before + n)), growth = oddSeries(z, mul(z, z));
    logarithm = isMiddle ? whole(0) : add(logarithm, add(growth, growth));
    storePair(LOG_TABLE + i * 16, n / 67108864, head(logarithm));
    store<f64>(LOG_TAIL + i * 8, kept(tail(logarithm)));
    before = n;
  }
}

/** A number up to 1 as a multiple of 2^-12 and, two doubles on, the rest. */
function storeCut(address: usize, x: v128): void {
  const cut = head(x) + 1649267441664 - 1649267441664; // 1.5·2^40
  store<f64>(address, cut);
  store<f64>(address, head(x) - cut + kept(tail(x)), 16);
}

/** Angle i π/32 from −16 to 48. */
function storeAngle(i: i32, sine: v128, cosine: v128): void {
  const row = TRIG_TABLE + ((i & 63) << 5);
  storeCut(row, i ? f64x2.neg(sine) : sine);
  storeCut(row + 8, cosine);
}

/** Half a right angle by angle addition, the rest by symmetry. */
function buildTrig(): void {
  const sineOfStep = seed(1), cosineOfStep = seed(2);
  let sine = whole(0), cosine = whole(1);
  for (let i = 0; i <= 8; i++) {
    let tangent = div(sine, cosine);
    for (let sign = 1; sign >= -1; sign -= 2) {
      let s = sine, c = cosine;
      for (let turn = 0; turn < 64; turn += 16) {
        storeAngle(sign * i + turn, s, c);
        const next = f64x2.neg(s); // a right angle on
        s = c;
        c = next;
      }
      const isFinal = i ? sign * i < 8 : sign < 0; // the tangent of 0 is −0
      if (isFinal) storePair(TAN_TABLE + ((sign * i & 15) << 4), head(tangent), kept(-tail(tangent)));
      sine = f64x2.neg(sine);
      tangent = f64x2.neg(tangent);
    }
    const next = mulAdd(sine, cosineOfStep, mul(cosine, sineOfStep));
    cosine = mulAdd(cosine, cosineOfStep, f64x2.neg(mul(sine, sineOfStep)));
    sine = next;
  }
}

/** The middle of eighth j of the octaves from 2^-4 up. */
// @ts-ignore: decorator
@inline function octavePoint(j: usize): f64 { return reinterpret<f64>((0x3fb1 + <i64>j * 2) << 48); }

/** With E = e^(2c), which is squared from octave to octave: tanh c = (E − 1)/(E + 1), 1 − tanh² c = 4E/(E + 1)². */
function buildTanh(): void {
  storePair(TANH_SLOPE, 0, 1);
  let first = seed(3); // e^(15/128)
  for (let j: usize = 0; j < 8; j++) {
    first = mul(first, seed(4)); // e^(1/64)
    let power = first;
    for (let k = j; k < 67; k += 8) {
      const above = add(power, whole(1)), tanh = div(add(power, whole(-1)), above), slope = div(power, mul(above, above));
      storePair(TANH_POINT + 16 + k * 16, octavePoint(k), head(tanh));
      storePair(TANH_SLOPE + 16 + k * 16, kept(tail(tanh)), 4 * head(slope));
      power = mul(power, power);
    }
  }
}

/** An angle with its tail, and 128 entries on what it lacks to π; the point c/d twice. */
function storePoint(i: usize, c: f64, d: f64, angle: v128): void {
  const rest = add(seed(5), f64x2.neg(angle)), value = ATAN_VALUE + i * 16, point = ATAN_POINT + i * 16;
  storePair(point, c, d);
  storePair(point + 2048, c, d);
  storePair(value, head(angle), kept(tail(angle)));
  storePair(value + 2048, head(rest), kept(tail(rest)));
}

/** From point a/b to point c/d the angle grows by arctan((bc − ad)/(ac + bd)). */
function buildAtan(): void {
  let a: f64 = 0, b: f64 = 1, angle = whole(0);
  storePoint(0, 0, 1, angle);
  for (let j: usize = 0; j <= 64; j++) {
    const isLast = j == 64, c = isLast ? 1 : octavePoint(j), d: f64 = isLast ? 0 : 1;
    const z = div(whole(b * c - a * d), whole(a * c + b * d));
    angle = add(angle, oddSeries(z, f64x2.neg(mul(z, z))));
    storePoint(1 + j, c, d, angle);
    a = c;
    b = d;
  }
}

/** The root of 1 − c², which is a double, with its tail. */
function cosineOf(c: f64): v128 {
  const square = 1 - c * c, root = Math.sqrt(square), residual = mulAdd(whole(root), whole(root), whole(-square));
  return pair(root, -head(residual) / (2 * root));
}

/** From 0 up; where the sine grows from b to c and the cosine falls from s to d the angle grows by arctan((cs − bd)/(cb + ds)). */
function buildAsin(): void {
  let angle = whole(0), b: f64 = 0, s = whole(1);
  for (let i: usize = ASIN_ROWS - 1; <isize>i >= 0; i--) {
    const t = reinterpret<f64>((0x7ea0 + <i64>i) << 47), c = 1 - t, square = (1 - c) * (1 + c), d = cosineOf(c);
    const z = div(mulAdd(s, whole(c), mul(d, whole(-b))), mulAdd(d, s, whole(c * b)));
    if (c > 0) angle = add(angle, oddSeries(z, f64x2.neg(mul(z, z))));
    b = c;
    s = d;
    const row = ASIN_TABLE + i * 16;
    let f0 = whole(0), f1 = div(whole(1), d), f6 = f0; // Taylor coefficients: (1 − x²) f″ = x f′, differentiated
    const base = head(angle) + 6 - 6; // a multiple of 2^-50
    storePair(row, c, base);
    storePair(row + ASIN_COLUMN, kept(head(angle) - base + tail(angle)), head(add(f1, whole(-1))));
    for (let k: usize = 0; k < 7; k++) {
      const n = <f64>k, f2 = div(mulAdd(f1, whole(c * (2 * n + 1) * (n + 1)), mul(f0, whole(n * n))), whole((n + 2) * (n + 1) * square));
      if (k == 4) f6 = f2;
      // r⁸ is 7/8 h² r⁶ within h⁸/8 for |r| ≤ h, and t/64 is half of a row's width
      if (k == 6) store<f64>(row + 4 * ASIN_COLUMN, head(mulAdd(f2, whole(t * t * 0.000213623046875), f6)));
      else store<f64>(row + (2 + (k >> 1)) * ASIN_COLUMN + (k & 1) * 8, head(f2));
      f0 = f1;
      f1 = f2;
    }
  }
}

/** With 1/c as n/2^26 the root v of v³ n = 2^(26 + s), by Newton's method from the entry before; the last residual settles it. */
function buildCbrt(): void {
  let v: f64 = 1;
  storePair(CBRT_TABLE, 1, 1);
  for (let i: usize = 1; i < 192; i++) {
    const fraction = <f64>(i & 63), power = <f64>(67108864 << (<i32>i >> 6));
    const n = nearest(67108864 / (1 + (fraction + 0.5) / 64)) + <f64>load<i16>(CBRT_NUDGES + i * 2);
    for (let round = 0; round < 3; round++) {
      const residual = mulAdd(mul(whole(v), whole(v)), mul(whole(v), whole(n)), whole(-power));
      v -= head(residual) / (3 * v * v * n);
    }
    storePair(CBRT_TABLE + i * 16, n / 67108864, v);
  }
}

buildExp();
buildLog();
buildTrig();
buildTanh();
buildAtan();
buildAsin();
buildCbrt();
