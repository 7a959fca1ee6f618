/** The same numbers for the same seed on every machine. */
export function shuffled(list, seed) {
  let state = (seed * 2654435761) >>> 0 || 1;
  const copy = [...list];
  for (let at = copy.length - 1; at > 0; at--) {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    const other = state % (at + 1);
    [copy[at], copy[other]] = [copy[other], copy[at]];
  }
  return copy;
}
