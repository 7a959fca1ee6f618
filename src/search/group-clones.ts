/** Pairs of clones joined to groups, transitively: the strictest links first, so that a group's kind says what holds it together. */
import type { CloneGroup, CloneKind, ClonePair, CloneSide } from '#model/search.ts';

/** From the strictest on; a kind's place plus 1 is its type. */
const kinds: readonly CloneKind[] = ['exact', 'renamed', 'near-miss', 'semantic'];

interface Link {
  readonly to: string;
  readonly similarity: number;
}

/** Groups within tests last, else strict ones first; among equals those first whose copies hold the most tokens. */
export function groupClones(pairs: readonly ClonePair[]): CloneGroup[] {
  const sides = new Map<string, CloneSide>();
  const roots = new Map<string, string>();
  const rootOf = (key: string): string => {
    let at = key;
    while (roots.get(at) !== at) at = roots.get(at)!;
    // Later look-ups are short.
    for (let on = key; on !== at;) {
      const next = roots.get(on)!;
      roots.set(on, at);
      on = next;
    }
    return at;
  };
  const needed = new Map<string, Link[]>();
  const direct = new Map<string, Link[]>();
  const loosest = new Map<string, { kind: number; similarity: number }>();
  const ordered = pairs.toSorted(
    (a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || b.similarity - a.similarity || compare(a, b),
  );
  for (const { kind, similarity, left, right } of ordered) {
    for (const side of [left, right]) {
      if (sides.has(side.key)) continue;
      sides.set(side.key, side);
      roots.set(side.key, side.key);
    }
    link(direct, left.key, right.key, similarity);
    const [a, b] = [rootOf(left.key), rootOf(right.key)];
    if (a === b) continue;
    link(needed, left.key, right.key, similarity);
    const [root, joined] = a < b ? [a, b] : [b, a];
    roots.set(joined, root);
    const before = [loosest.get(a), loosest.get(b)];
    loosest.set(root, {
      kind: Math.max(kinds.indexOf(kind), ...before.map((one) => one?.kind ?? 0)),
      similarity: Math.min(similarity, ...before.map((one) => one?.similarity ?? 1)),
    });
  }
  return [...Map.groupBy(sides.values(), ({ key }) => rootOf(key))]
    .map(([root, members]): CloneGroup => {
      const { kind, similarity } = loosest.get(root)!;
      const representative = mostLike(members, direct);
      const nearness = nearnessFrom(representative.key, needed, direct);
      const rest = members
        .filter((member) => member !== representative)
        .map((member) => ({ ...member, similarity: nearness.get(member.key)! }))
        .sort((a, b) => b.similarity - a.similarity || (a.key < b.key ? -1 : 1));
      return {
        kind: kinds[kind]!,
        type: (kind + 1) as CloneGroup['type'],
        similarity,
        members: [{ ...representative, similarity: 1 }, ...rest],
      };
    })
    .sort(
      (a, b) =>
        Number(inTests(a)) - Number(inTests(b)) ||
        a.type - b.type ||
        copiedTokens(b) - copiedTokens(a) ||
        (a.members[0]!.key < b.members[0]!.key ? -1 : 1),
    );
}

function inTests({ members }: CloneGroup): boolean {
  return members.every(({ isTest }) => isTest);
}

function link(links: Map<string, Link[]>, a: string, b: string, similarity: number): void {
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const) {
    const own = links.get(from);
    if (own) own.push({ to, similarity });
    else links.set(from, [{ to, similarity }]);
  }
}

/** The member with the highest sum of similarities; then the longest. */
function mostLike(members: readonly CloneSide[], links: ReadonlyMap<string, readonly Link[]>): CloneSide {
  const sum = ({ key }: CloneSide): number => links.get(key)!.reduce((all, { similarity }) => all + similarity, 0);
  return members.toSorted((a, b) => sum(b) - sum(a) || b.tokens - a.tokens || (a.key < b.key ? -1 : 1))[0]!;
}

/** Of each member: its pair's similarity, or the weakest of the needed links on the way. */
function nearnessFrom(
  start: string,
  needed: ReadonlyMap<string, readonly Link[]>,
  direct: ReadonlyMap<string, readonly Link[]>,
): ReadonlyMap<string, number> {
  const nearness = new Map([[start, 1]]);
  const open = [start];
  for (let from = open.pop(); from !== undefined; from = open.pop()) {
    for (const { to, similarity } of needed.get(from) ?? []) {
      if (nearness.has(to)) continue;
      nearness.set(to, Math.min(nearness.get(from)!, similarity));
      open.push(to);
    }
  }
  for (const { to, similarity } of direct.get(start)!) nearness.set(to, similarity);
  return nearness;
}

function copiedTokens({ members }: CloneGroup): number {
  return members.slice(1).reduce((sum, { tokens }) => sum + tokens, 0);
}

function compare(a: ClonePair, b: ClonePair): number {
  const [one, other] = [`${a.left.key}\0${a.right.key}`, `${b.left.key}\0${b.right.key}`];
  return one < other ? -1 : one > other ? 1 : 0;
}
