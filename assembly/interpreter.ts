// Runs a plan one operation at a time over blocks, nothing compiled at run time.
//
// A program is a list of instructions of INSTRUCTION bytes: opcode, kernel (index in the table, where the opcode is a
// kernel call), then operands, result first. An operand is three words: address, what the address gains from block to
// block, what it gains from lane pair to lane pair (0 for a constant: one pair serves the whole column).
// Lane operations have their SIMD opcodes; a kernel call has CALL plus its number of columns.
//
// A loop lies between ENTER and AGAIN, which stand the distance in the kernel's place apart. Their first operand is the
// mask of the points that make a turn; the second has the turns made and the turns allowed, counted in ENTER's.

const INSTRUCTION: usize = 96;
const OPERANDS: usize = 8;
const OPERAND: usize = 12;
const CALL: i32 = 0x200;
const ENTER: i32 = 0x300;
const AGAIN: i32 = 0x301;
const TURNS: usize = OPERANDS + OPERAND;

@inline function address(instruction: usize, operand: usize, offset: usize): usize {
  const at = instruction + OPERANDS + operand * OPERAND;
  return <usize>load<u32>(at) + (load<u32>(at, 4) ? offset : <usize>0);
}

@inline function step(instruction: usize, operand: usize): usize {
  return load<u32>(instruction + OPERANDS + operand * OPERAND, 8);
}

@inline function lane(opcode: i32, a: v128, b: v128, c: v128): v128 {
  if (opcode == 0xf0) return f64x2.add(a, b);
  if (opcode == 0xf1) return f64x2.sub(a, b);
  if (opcode == 0xf2) return f64x2.mul(a, b);
  if (opcode == 0xf3) return f64x2.div(a, b);
  if (opcode == 0xf4) return f64x2.min(a, b);
  if (opcode == 0xf5) return f64x2.max(a, b);
  if (opcode == 0xef) return f64x2.sqrt(a);
  if (opcode == 0xed) return f64x2.neg(a);
  if (opcode == 0xec) return f64x2.abs(a);
  if (opcode == 0x74) return f64x2.ceil(a);
  if (opcode == 0x75) return f64x2.floor(a);
  if (opcode == 0x7a) return f64x2.trunc(a);
  if (opcode == 0x47) return f64x2.eq(a, b);
  if (opcode == 0x48) return f64x2.ne(a, b);
  if (opcode == 0x49) return f64x2.lt(a, b);
  if (opcode == 0x4a) return f64x2.gt(a, b);
  if (opcode == 0x4b) return f64x2.le(a, b);
  if (opcode == 0x4c) return f64x2.ge(a, b);
  if (opcode == 0x4d) return v128.not(a);
  if (opcode == 0x4e) return v128.and(a, b);
  if (opcode == 0x4f) return v128.andnot(a, b);
  if (opcode == 0x50) return v128.or(a, b);
  if (opcode == 0x51) return v128.xor(a, b);
  return v128.bitselect(b, c, a);
}

// One operation over a block. `opcode` is a literal at every call, so that each loop holds one instruction.
@inline function pass(opcode: i32, operands: i32, instruction: usize, offset: usize, length: usize): void {
  const z = address(instruction, 0, offset);
  let a = address(instruction, 1, offset);
  let b = operands > 1 ? address(instruction, 2, offset) : a;
  let c = operands > 2 ? address(instruction, 3, offset) : a;
  const stepA = step(instruction, 1);
  const stepB = operands > 1 ? step(instruction, 2) : 0;
  const stepC = operands > 2 ? step(instruction, 3) : 0;
  for (let i: usize = 0; i < length; i += 16) {
    const x = v128.load(a);
    const y = operands > 1 ? v128.load(b) : x;
    const w = operands > 2 ? v128.load(c) : x;
    v128.store(z + i, lane(opcode, x, y, w));
    a += stepA;
    if (operands > 1) b += stepB;
    if (operands > 2) c += stepC;
  }
}

function call(columns: i32, instruction: usize, offset: usize, length: usize): void {
  const kernel = load<u32>(instruction, 4);
  const p0 = address(instruction, 0, offset);
  const p1 = address(instruction, 1, offset);
  if (columns == 2) return call_indirect<void>(kernel, p0, p1, length);
  const p2 = address(instruction, 2, offset);
  if (columns == 3) return call_indirect<void>(kernel, p0, p1, p2, length);
  const p3 = address(instruction, 3, offset);
  if (columns == 4) return call_indirect<void>(kernel, p0, p1, p2, p3, length);
  const p4 = address(instruction, 4, offset);
  const p5 = address(instruction, 5, offset);
  if (columns == 6) return call_indirect<void>(kernel, p0, p1, p2, p3, p4, p5, length);
  call_indirect<void>(kernel, p0, p1, p2, p3, p4, p5, address(instruction, 6, offset), length);
}

function anyTrue(mask: usize, length: usize): bool {
  for (let i: usize = 0; i < length; i += 16) if (v128.any_true(v128.load(mask + i))) return true;
  return false;
}

// Where a loop goes on from ENTER or AGAIN: the instruction before the next one.
function turn(at: usize, opcode: i32, offset: usize, length: usize): usize {
  const distance = <usize>load<u32>(at, 4) * INSTRUCTION;
  const goesOn = anyTrue(address(at, 0, offset), length);
  if (opcode == ENTER) {
    store<u32>(at, 0, TURNS);
    return goesOn && load<u32>(at, TURNS + 4) > 0 ? at : at + distance;
  }
  const enter = at - distance;
  const turns = load<u32>(enter, TURNS) + 1;
  store<u32>(enter, turns, TURNS);
  return goesOn && turns < load<u32>(enter, TURNS + 4) ? enter : at;
}

/** Runs `count` instructions at `program` over columns of `bytes` bytes, a multiple of 32, in blocks of `block` bytes. */
export function interpret(program: usize, count: usize, bytes: usize, block: usize): void {
  const end = program + count * INSTRUCTION;
  for (let offset: usize = 0; offset < bytes; offset += block) {
    const length = min(block, bytes - offset);
    for (let at = program; at < end; at += INSTRUCTION) {
      const opcode = load<i32>(at);
      switch (opcode) {
        case 0xf0: pass(0xf0, 2, at, offset, length); break;
        case 0xf1: pass(0xf1, 2, at, offset, length); break;
        case 0xf2: pass(0xf2, 2, at, offset, length); break;
        case 0xf3: pass(0xf3, 2, at, offset, length); break;
        case 0xf4: pass(0xf4, 2, at, offset, length); break;
        case 0xf5: pass(0xf5, 2, at, offset, length); break;
        case 0xef: pass(0xef, 1, at, offset, length); break;
        case 0xed: pass(0xed, 1, at, offset, length); break;
        case 0xec: pass(0xec, 1, at, offset, length); break;
        case 0x74: pass(0x74, 1, at, offset, length); break;
        case 0x75: pass(0x75, 1, at, offset, length); break;
        case 0x7a: pass(0x7a, 1, at, offset, length); break;
        case 0x47: pass(0x47, 2, at, offset, length); break;
        case 0x48: pass(0x48, 2, at, offset, length); break;
        case 0x49: pass(0x49, 2, at, offset, length); break;
        case 0x4a: pass(0x4a, 2, at, offset, length); break;
        case 0x4b: pass(0x4b, 2, at, offset, length); break;
        case 0x4c: pass(0x4c, 2, at, offset, length); break;
        case 0x4d: pass(0x4d, 1, at, offset, length); break;
        case 0x4e: pass(0x4e, 2, at, offset, length); break;
        case 0x4f: pass(0x4f, 2, at, offset, length); break;
        case 0x50: pass(0x50, 2, at, offset, length); break;
        case 0x51: pass(0x51, 2, at, offset, length); break;
        case 0x52: pass(0x52, 3, at, offset, length); break;
        case ENTER: case AGAIN: at = turn(at, opcode, offset, length); break;
        default: call(opcode - CALL, at, offset, length);
      }
    }
  }
}
