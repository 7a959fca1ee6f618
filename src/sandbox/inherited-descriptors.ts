/** Descriptors that whoever started Trowel left open: a program in a sandbox that inherits one has a door to the outside. */
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';

const O_CLOEXEC = 0o2000000;
const STANDARD_ERROR = 2;

let known: readonly number[] | undefined;

/**
 * Those that the programs which we start would inherit, the standard ones left out. Node marks what it opens itself, and of what it
 * inherits only the first few. Linux; elsewhere none are found.
 */
function inheritedDescriptors(): readonly number[] {
  known ??= findInherited();
  return known;
}

/** Positions of `stdio` from `from` on, so that nothing inherited is handed on: `nothing` is an open descriptor of /dev/null. */
export function coverInherited(from: number, nothing: number): readonly ('ignore' | number)[] {
  const covered = inheritedDescriptors().filter((descriptor) => descriptor >= from);
  const last = Math.max(from - 1, ...covered);
  return Array.from({ length: last - from + 1 }, (_, at) => (covered.includes(from + at) ? nothing : 'ignore'));
}

/** Calls `use` with an open /dev/null. */
export function withNothing<Result>(use: (nothing: number) => Result): Result {
  const nothing = openSync('/dev/null', 'r');
  try {
    return use(nothing);
  } finally {
    closeSync(nothing);
  }
}

function findInherited(): number[] {
  try {
    return readdirSync('/proc/self/fd')
      .map(Number)
      .filter((descriptor) => descriptor > STANDARD_ERROR && isInherited(descriptor));
  } catch {
    return [];
  }
}

function isInherited(descriptor: number): boolean {
  try {
    const flags = /^flags:\s+([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8'))?.[1];
    return flags !== undefined && (parseInt(flags, 8) & O_CLOEXEC) === 0;
  } catch {
    return false;
  }
}
