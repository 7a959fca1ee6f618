/**
 * What instrumented code talks to: counters, the active mutant, steps that loops may take, branch distances and compared values.
 * Plain JavaScript for Node 14 and later, without dependencies. It is put where instrumented code finds it: `globalThis.__trowel`.
 */

const INFINITY = 1 / 0;
/** Kept compared values; the oldest go. */
const MAXIMUM_VALUES = 2000;
const MAXIMUM_TEXT = 300;
const MAXIMUM_PAIRS = 40;

/** Thrown by loops that took all their steps. Code that catches it meets it again at the next step. */
export class OutOfSteps extends Error {
  constructor() {
    super('trowel: out of steps');
    this.name = 'TrowelOutOfSteps';
  }
}

/** Of two texts: 0 when equal, else at least 1 and less the more they agree. */
function textDistance(one, other) {
  const shorter = Math.min(one.length, other.length, MAXIMUM_TEXT);
  let distance = Math.abs(one.length - other.length);
  for (let at = 0; at < shorter; at++) {
    const gap = Math.abs(one.charCodeAt(at) - other.charCodeAt(at));
    if (gap > 0) distance += gap / (gap + 1);
  }
  return one === other ? 0 : Math.max(distance, 1e-3);
}

function equalDistance(one, other) {
  if (typeof one === 'number' && typeof other === 'number') {
    const gap = Math.abs(one - other);
    return gap !== gap ? 1e6 : gap;
  }
  if (typeof one === 'string' && typeof other === 'string') return textDistance(one, other);
  if (typeof one === 'bigint' && typeof other === 'bigint') return Number(one > other ? one - other : other - one);
  if (one === other) return 0;
  return typeof one === typeof other ? 1 : 1e3;
}

/** How far `one` lies above `other`, for orders. */
function above(one, other) {
  if (typeof one === 'string' && typeof other === 'string') return one > other ? textDistance(one, other) : 0;
  const gap = Number(one) - Number(other);
  return gap !== gap ? 1e6 : gap > 0 ? gap : 0;
}

export function createRuntime() {
  /** Distances of the condition that was measured last: to true, to false. */
  let toTrue = 0;
  let toFalse = 0;
  /** Distances to false of left sides whose right side is being looked at; to true for `||`. */
  let open = [];
  let values = new Map();
  let pairs = new Map();

  /** Both sides, where one may stand in an input. */
  const pair = (one, other) => {
    const type = typeof one;
    if (type !== typeof other || (type !== 'string' && type !== 'number') || pairs.size >= MAXIMUM_PAIRS) return;
    if (type === 'string' && (one.length > MAXIMUM_TEXT || other.length > MAXIMUM_TEXT)) return;
    pairs.set(`${one}\0${other}`, [one, other]);
  };
  const keep = (value) => {
    const type = typeof value;
    if (type !== 'string' && type !== 'number' && type !== 'bigint') return;
    if (type === 'string' && value.length > MAXIMUM_TEXT) return;
    if (values.size < MAXIMUM_VALUES) values.set(type + String(value), value);
  };
  const seen = (one, other) => {
    if (one === other) return;
    pair(one, other);
    keep(one);
    keep(other);
  };
  const settle = (result, distance) => {
    if (result) {
      toTrue = 0;
      toFalse = distance > 0 ? distance : 1;
    } else {
      toTrue = distance > 0 ? distance : 1;
      toFalse = 0;
    }
    return result;
  };
  const order = (result, one, other) => {
    seen(one, other);
    // The distance to the other side of an order is the gap, one step beyond where the boundary itself does not belong to it.
    const gap = above(one, other) + above(other, one);
    return settle(result, gap + 1);
  };
  const equal = (result, same, one, other) => {
    seen(one, other);
    return settle(result, same ? 1 : equalDistance(one, other));
  };

  const runtime = {
    /** Number of the active mutant; 0: none. */
    m: 0,
    /** Steps that loops may still take. */
    f: INFINITY,
    /** Whether loops ran out of steps since `reset`. */
    out: false,
    c: {},
    d: {},
    x() {
      runtime.out = true;
      throw new OutOfSteps();
    },
    eq: (one, other) => equal(one === other, one === other, one, other),
    ne: (one, other) => equal(one !== other, one === other, one, other),
    // oxlint-disable-next-line eqeqeq
    qe: (one, other) => equal(one == other, one == other, one, other),
    // oxlint-disable-next-line eqeqeq
    qn: (one, other) => equal(one != other, one == other, one, other),
    lt: (one, other) => order(one < other, one, other),
    le: (one, other) => order(one <= other, one, other),
    gt: (one, other) => order(one > other, one, other),
    ge: (one, other) => order(one >= other, one, other),
    /** Truthiness. */
    t(value) {
      const size = typeof value === 'number' ? Math.abs(value) : typeof value === 'string' ? value.length : 1;
      settle(!!value, size);
      return value;
    },
    n(value) {
      const held = toTrue;
      toTrue = toFalse;
      toFalse = held;
      return !value;
    },
    al(value) {
      if (value) open.push(toFalse);
      else toTrue += 1;
      return value;
    },
    ar(value) {
      const left = open.pop();
      if (left !== undefined && value) toFalse = Math.min(left, toFalse);
      return value;
    },
    ol(value) {
      if (value) toFalse += 1;
      else open.push(toTrue);
      return value;
    },
    or(value) {
      const left = open.pop();
      if (left !== undefined && !value) toTrue = Math.min(left, toTrue);
      return value;
    },
    /** The root of a condition: keeps the smallest distances seen. */
    r(distances, condition, value) {
      const at = 2 * condition;
      if (toTrue < distances[at]) distances[at] = toTrue;
      if (toFalse < distances[at + 1]) distances[at + 1] = toFalse;
      return value;
    },
    /** A switch: what is looked at, and each case. */
    sd(distances, key, value) {
      (distances.subjects || (distances.subjects = {}))[key] = value;
      return value;
    },
    sc(distances, key, condition, value) {
      const subject = distances.subjects[key];
      equal(subject === value, subject === value, subject, value);
      runtime.r(distances, condition, value);
      return value;
    },
    /** Strings, numbers and bigints that comparisons met, unequal to their other side. */
    values: () => [...values.values()],
    /** Texts and numbers that were compared and unequal: both sides. */
    pairs: () => [...pairs.values()],
    /** Forgets counts, distances and values. The arrays stay: instrumented code holds them. */
    reset() {
      for (const id in runtime.c) runtime.c[id].fill(0);
      for (const id in runtime.d) runtime.d[id].fill(INFINITY);
      open = [];
      values = new Map();
      pairs = new Map();
      runtime.out = false;
    },
    /** Copies of the counters, by file. */
    counts() {
      const copy = {};
      for (const id in runtime.c) copy[id] = runtime.c[id].slice();
      return copy;
    },
    distances() {
      const copy = {};
      for (const id in runtime.d) copy[id] = Array.from(runtime.d[id]);
      return copy;
    },
    /** Indexes of the counters that are not 0, by file; files without any are left out. */
    covered() {
      const found = {};
      for (const id in runtime.c) {
        const counters = runtime.c[id];
        const indexes = [];
        for (let index = 0; index < counters.length; index++) if (counters[index] > 0) indexes.push(index);
        if (indexes.length > 0) found[id] = indexes;
      }
      return found;
    },
    /** Sum of all counters: the work done. */
    total() {
      let sum = 0;
      for (const id in runtime.c) for (const count of runtime.c[id]) sum += count;
      return sum;
    },
  };
  return runtime;
}

/** The runtime of this realm; made at the first call. */
export function installRuntime() {
  const present = globalThis.__trowel;
  if (present && present.counts) return present;
  const runtime = createRuntime();
  if (present) Object.assign(runtime.c, present.c);
  globalThis.__trowel = runtime;
  return runtime;
}
