import { Bench } from "tinybench";

/** The median of a list of numbers (the lower of the two middle ones where their count is even). */
export function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[(numbers.length - 1) >> 1];
}

/**
 * Nanoseconds a call of each task. The tasks take turns, so that a slow moment of the machine meets them all: a turn lasts at least
 * `turn` ms, a first round warms up and is not counted, and the result is the median over the rounds of each turn's median.
 * @param {Record<string, () => unknown>} tasks
 * @returns {Record<string, number>}
 */
export function interleave(tasks, { rounds = 9, turn = 10, warmup = 100 } = {}) {
  const names = Object.keys(tasks);
  const samples = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    const bench = new Bench({ time: round === 0 ? warmup : turn, iterations: 1, warmup: false, throws: true });
    for (const name of names) bench.add(name, tasks[name]);
    bench.runSync();
    if (round > 0) for (const task of bench.tasks) samples[task.name].push(task.result.latency.p50 * 1e6);
  }
  return Object.fromEntries(names.map((name) => [name, median(samples[name])]));
}
