// Dual numbers as everyone writes them first: an object { val, der }, a function per operation. The function to differentiate
// runs once per parameter, with der = 1 in that parameter and 0 in the others.

export const dual = (val, der) => ({ val, der });
export const add = (a, b) => ({ val: a.val + b.val, der: a.der + b.der });
export const sub = (a, b) => ({ val: a.val - b.val, der: a.der - b.der });
export const mul = (a, b) => ({ val: a.val * b.val, der: a.der * b.val + a.val * b.der });
export const neg = (a) => ({ val: -a.val, der: -a.der });
export const shift = (a, k) => ({ val: a.val + k, der: a.der });
export const scale = (k, a) => ({ val: k * a.val, der: k * a.der });

export function div(a, b) {
  const val = a.val / b.val;
  return { val, der: (a.der - val * b.der) / b.val };
}

export function sqrt(a) {
  const val = Math.sqrt(a.val);
  return { val, der: a.der / (2 * val) };
}

export function exp(a) {
  const val = Math.exp(a.val);
  return { val, der: a.der * val };
}

export const log = (a) => ({ val: Math.log(a.val), der: a.der / a.val });
export const sin = (a) => ({ val: Math.sin(a.val), der: a.der * Math.cos(a.val) });
export const cos = (a) => ({ val: Math.cos(a.val), der: -a.der * Math.sin(a.val) });

/** a to a constant power k. */
export function power(a, k) {
  const val = a.val ** k;
  return { val, der: (k * val * a.der) / a.val };
}
