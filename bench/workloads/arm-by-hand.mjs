/**
 * Position of the arm's tool and its 3 × 6 Jacobian, worked out by hand: from the tool back to the base, each joint rotates the
 * position and the slopes gathered so far, and starts its own slope (−y, x, 0). Zero and unit cosines of the links are folded away.
 */
export function byHand(
  [q0, q1, q2, q3, q4, q5],
  [px, py, pz, px0, px1, px2, px3, px4, px5, py0, py1, py2, py3, py4, py5, pz0, pz1, pz2, pz3, pz4, pz5],
) {
  for (let i = 0; i < q0.length; i++) {
    let u = 0;
    let v = 0;
    const s5 = Math.sin(q5[i]);
    const c5 = Math.cos(q5[i]);
    let x = 0.05 * c5;
    let y = 0.05 * s5;
    let z = 0.1;
    let x5 = -y;
    let y5 = x;
    let z5 = 0;

    const s4 = Math.sin(q4[i]);
    const c4 = Math.cos(q4[i]);
    u = x;
    v = z;
    z = -y;
    x = c4 * u - s4 * v;
    y = s4 * u + c4 * v;
    u = x5;
    v = z5;
    z5 = -y5;
    x5 = c4 * u - s4 * v;
    y5 = s4 * u + c4 * v;
    let x4 = -y;
    let y4 = x;
    let z4 = 0;

    const s3 = Math.sin(q3[i]);
    const c3 = Math.cos(q3[i]);
    u = x;
    v = -z;
    z = y + 0.4318;
    x = c3 * u - s3 * v;
    y = s3 * u + c3 * v;
    u = x5;
    v = -z5;
    z5 = y5;
    x5 = c3 * u - s3 * v;
    y5 = s3 * u + c3 * v;
    u = x4;
    v = -z4;
    z4 = y4;
    x4 = c3 * u - s3 * v;
    y4 = s3 * u + c3 * v;
    let x3 = -y;
    let y3 = x;
    let z3 = 0;

    const s2 = Math.sin(q2[i]);
    const c2 = Math.cos(q2[i]);
    u = x + 0.0203;
    v = z;
    z = 0.15005 - y;
    x = c2 * u - s2 * v;
    y = s2 * u + c2 * v;
    u = x5;
    v = z5;
    z5 = -y5;
    x5 = c2 * u - s2 * v;
    y5 = s2 * u + c2 * v;
    u = x4;
    v = z4;
    z4 = -y4;
    x4 = c2 * u - s2 * v;
    y4 = s2 * u + c2 * v;
    u = x3;
    v = z3;
    z3 = -y3;
    x3 = c2 * u - s2 * v;
    y3 = s2 * u + c2 * v;
    let x2 = -y;
    let y2 = x;
    let z2 = 0;

    const s1 = Math.sin(q1[i]);
    const c1 = Math.cos(q1[i]);
    u = x + 0.4318;
    v = y;
    x = c1 * u - s1 * v;
    y = s1 * u + c1 * v;
    u = x5;
    v = y5;
    x5 = c1 * u - s1 * v;
    y5 = s1 * u + c1 * v;
    u = x4;
    v = y4;
    x4 = c1 * u - s1 * v;
    y4 = s1 * u + c1 * v;
    u = x3;
    v = y3;
    x3 = c1 * u - s1 * v;
    y3 = s1 * u + c1 * v;
    u = x2;
    v = y2;
    x2 = c1 * u - s1 * v;
    y2 = s1 * u + c1 * v;
    let x1 = -y;
    let y1 = x;
    let z1 = 0;

    const s0 = Math.sin(q0[i]);
    const c0 = Math.cos(q0[i]);
    u = x;
    v = -z;
    z = y;
    x = c0 * u - s0 * v;
    y = s0 * u + c0 * v;
    u = x5;
    v = -z5;
    z5 = y5;
    x5 = c0 * u - s0 * v;
    y5 = s0 * u + c0 * v;
    u = x4;
    v = -z4;
    z4 = y4;
    x4 = c0 * u - s0 * v;
    y4 = s0 * u + c0 * v;
    u = x3;
    v = -z3;
    z3 = y3;
    x3 = c0 * u - s0 * v;
    y3 = s0 * u + c0 * v;
    u = x2;
    v = -z2;
    z2 = y2;
    x2 = c0 * u - s0 * v;
    y2 = s0 * u + c0 * v;
    u = x1;
    v = -z1;
    z1 = y1;
    x1 = c0 * u - s0 * v;
    y1 = s0 * u + c0 * v;

    px[i] = x;
    py[i] = y;
    pz[i] = z;
    px0[i] = -y;
    px1[i] = x1;
    px2[i] = x2;
    px3[i] = x3;
    px4[i] = x4;
    px5[i] = x5;
    py0[i] = x;
    py1[i] = y1;
    py2[i] = y2;
    py3[i] = y3;
    py4[i] = y4;
    py5[i] = y5;
    pz0[i] = 0;
    pz1[i] = z1;
    pz2[i] = z2;
    pz3[i] = z3;
    pz4[i] = z4;
    pz5[i] = z5;
  }
}
