/**
 * Reads a syntax tree straight out of tree-sitter's WebAssembly memory. Asking the library's cursor costs six calls a node;
 * this costs none, but depends on how the pinned version lays out its trees (lib/src/subtree.h, tree.h and parser.h on a
 * 32-bit little-endian machine). `tree-sitter.ts` compares both ways once a grammar and goes on with the cursor where they
 * differ.
 *
 * A subtree is eight bytes: a leaf in place (lowest bit 1), or the address of a node whose children lie right before it.
 * Lengths are bytes of UTF-16: two a unit. Nodes that the grammar hides are passed through: their children stand in their
 * place, under their field.
 */
import { NodeFlag, type NodeArrays } from './node-arrays.ts';

/** The memory's views, as Emscripten's module object holds them; replaced when the memory grows. */
export interface TreeMemory {
  readonly HEAPU8: Uint8Array;
  readonly HEAPU16: Uint16Array;
  readonly HEAPU32: Uint32Array;
}

/** TSLanguage, part of tree-sitter's ABI. */
const LanguageOffset = {
  symbolCount: 4,
  aliasCount: 8,
  productionCount: 28,
  fieldCount: 32,
  maxAliasLength: 36,
  fieldSlices: 64,
  fieldEntries: 68,
  publicSymbols: 76,
  aliases: 84,
} as const;

/** SubtreeHeapData; bits by `HeapBit`. */
const HeapOffset = {
  padding: 4,
  size: 16,
  errorCost: 32,
  childCount: 36,
  symbol: 40,
  bits: 44,
  descendants: 56,
  production: 66,
} as const;
const HeapBit = { visible: 1, extra: 4, missing: 1 << 9 } as const;
/** SubtreeInlineData, its first four bytes as one number. */
const InlineBit = { inline: 1, visible: 2, extra: 8, missing: 32 } as const;

const ERROR = 65535;

/** What a grammar says of children by the rule (production) that made their parent and by their place in it. */
export interface GrammarTables {
  /** Columns of `aliases` and `fields`: places in a rule that have either. */
  readonly width: number;
  /** Node type that a child has in the rule instead of its own; 0 for none. */
  readonly aliases: Uint16Array;
  readonly fields: Uint8Array;
  /** Node type as the grammar's users know it, by symbol. */
  readonly publicTypes: Uint16Array;
}

/** `language`: address of the grammar's TSLanguage. */
export function grammarTables({ HEAPU8, HEAPU16, HEAPU32 }: TreeMemory, language: number): GrammarTables {
  const number = (offset: number): number => HEAPU32[(language + offset) >> 2]!;
  const productions = number(LanguageOffset.productionCount);
  const aliasLength = HEAPU16[(language + LanguageOffset.maxAliasLength) >> 1]!;
  const slices = number(LanguageOffset.fieldSlices);
  const entries = number(LanguageOffset.fieldEntries);
  const hasFields = number(LanguageOffset.fieldCount) > 0;

  /** Calls back with field, place and whether the field comes from a hidden child. */
  const eachField = (production: number, visit: (field: number, place: number, inherited: boolean) => void): void => {
    if (!hasFields) return;
    const slice = (slices >> 1) + production * 2;
    for (let i = 0; i < HEAPU16[slice + 1]!; i++) {
      const entry = entries + (HEAPU16[slice]! + i) * 4;
      visit(HEAPU16[entry >> 1]!, HEAPU8[entry + 2]!, HEAPU8[entry + 3] !== 0);
    }
  };
  let width = aliasLength;
  for (let production = 0; production < productions; production++)
    eachField(production, (_, place) => (width = Math.max(width, place + 1)));

  const aliases = new Uint16Array(productions * width);
  const fields = new Uint8Array(productions * width);
  const aliasTable = number(LanguageOffset.aliases) >> 1;
  for (let production = 0; production < productions; production++) {
    const row = production * width;
    // Rule 0 stands for all rules without aliases.
    for (let place = 0; production > 0 && place < aliasLength; place++)
      aliases[row + place] = HEAPU16[aliasTable + production * aliasLength + place]!;
    eachField(production, (field, place, inherited) => {
      if (!inherited && fields[row + place] === 0) fields[row + place] = field;
    });
  }

  const publicTypes = new Uint16Array(65536).fill(ERROR);
  const symbols = number(LanguageOffset.publicSymbols) >> 1;
  const symbolCount = number(LanguageOffset.symbolCount) + number(LanguageOffset.aliasCount);
  publicTypes.set(HEAPU16.subarray(symbols, symbols + symbolCount));
  return { width, aliases, fields, publicTypes };
}

/** Columns of a frame: a subtree whose children are being read. */
const Frame = {
  child: 0, // address of its next child
  stop: 1, // address after its last child
  place: 2, // of the next child in the rule, extras not counted
  rule: 3, // row of the rule in `aliases` and `fields`
  node: 4, // its node, −1 if it is hidden
  above: 5, // node that its children belong to
  field: 6, // of its children without one of their own: a hidden subtree's own field
  end: 7, // in bytes
} as const;
const FRAME = 8;

let frames = new Int32Array(FRAME * 256);

/**
 * Fills `nodes`, parents before children, and returns their number; −1 where the tree is not as expected. `tree`: address of
 * the TSTree. `named`: flags by node type.
 */
export function flattenFromMemory(
  { HEAPU8, HEAPU16, HEAPU32 }: TreeMemory,
  { width, aliases, fields, publicTypes }: GrammarTables,
  named: Uint8Array,
  tree: number,
  nodes: NodeArrays,
): number {
  const root = HEAPU32[tree >> 2]!;
  const isLeaf = (root & InlineBit.inline) !== 0;
  const expected =
    isLeaf || HEAPU32[(root + HeapOffset.childCount) >> 2] === 0
      ? 1
      : 1 + HEAPU32[(root + HeapOffset.descendants) >> 2]!;
  nodes.reserve(expected);
  const { type, field, start, end, parent, subtreeEnd, flags } = nodes;

  let count = 0;
  /** Bytes before the node at hand. */
  let position = 0;
  // The frame at hand, in variables; `frames` holds those below.
  let depth = 0;
  let child = tree;
  let stop = tree + 8;
  // The root is nobody's child: no rule names it.
  let place = width;
  let rule = 0;
  let node = -1;
  let above = -1;
  let inherited = 0;
  let last = 0;
  let first = false;
  for (;;) {
    if (child === stop) {
      if (node >= 0) subtreeEnd[node] = count;
      if (depth === 0) break;
      position = last;
      depth--;
      const frame = depth * FRAME;
      child = frames[frame + Frame.child]!;
      stop = frames[frame + Frame.stop]!;
      place = frames[frame + Frame.place]!;
      rule = frames[frame + Frame.rule]!;
      node = frames[frame + Frame.node]!;
      above = frames[frame + Frame.above]!;
      inherited = frames[frame + Frame.field]!;
      last = frames[frame + Frame.end]!;
      first = false;
      continue;
    }
    const word = HEAPU32[child >> 2]!;
    const inline = (word & InlineBit.inline) !== 0;
    let symbol: number;
    let padding: number;
    let size: number;
    let visible: boolean;
    let extra: boolean;
    let missing: boolean;
    if (inline) {
      symbol = (word >> 8) & 0xff;
      padding = HEAPU8[child + 6]!;
      size = HEAPU8[child + 7]!;
      visible = (word & InlineBit.visible) !== 0;
      extra = (word & InlineBit.extra) !== 0;
      missing = (word & InlineBit.missing) !== 0;
    } else {
      const bits = HEAPU16[(word + HeapOffset.bits) >> 1]!;
      symbol = HEAPU16[(word + HeapOffset.symbol) >> 1]!;
      padding = HEAPU32[(word + HeapOffset.padding) >> 2]!;
      size = HEAPU32[(word + HeapOffset.size) >> 2]!;
      visible = (bits & HeapBit.visible) !== 0;
      extra = (bits & HeapBit.extra) !== 0;
      missing = (bits & HeapBit.missing) !== 0;
    }
    child += 8;
    let alias = 0;
    let ownField = 0;
    if (!extra) {
      if (place < width) {
        alias = aliases[rule + place]!;
        ownField = fields[rule + place]!;
      }
      if (ownField === 0) ownField = inherited;
      place++;
    }
    // A first child begins where its parent does, whose padding is its own.
    if (!first) position += padding;
    first = false;
    let own = -1;
    if (visible || alias !== 0) {
      if (count === expected) return -1;
      own = count++;
      const kind = publicTypes[alias === 0 ? symbol : alias]!;
      type[own] = kind;
      field[own] = ownField;
      start[own] = position >> 1;
      end[own] = (position + size) >> 1;
      parent[own] = above;
      flags[own] = (named[kind] ?? NodeFlag.named) | (missing ? NodeFlag.missing : 0);
    }
    const children = inline ? 0 : HEAPU32[(word + HeapOffset.childCount) >> 2]!;
    if (children === 0) {
      if (own >= 0) subtreeEnd[own] = count;
      position += size;
      continue;
    }
    if ((depth + 1) * FRAME > frames.length) {
      const grown = new Int32Array(frames.length * 2);
      grown.set(frames);
      frames = grown;
    }
    const frame = depth * FRAME;
    frames[frame + Frame.child] = child;
    frames[frame + Frame.stop] = stop;
    frames[frame + Frame.place] = place;
    frames[frame + Frame.rule] = rule;
    frames[frame + Frame.node] = node;
    frames[frame + Frame.above] = above;
    frames[frame + Frame.field] = inherited;
    frames[frame + Frame.end] = last;
    depth++;
    child = word - children * 8;
    stop = word;
    place = 0;
    rule = HEAPU16[(word + HeapOffset.production) >> 1]! * width;
    node = own;
    if (own >= 0) {
      above = own;
      inherited = 0;
    } else inherited = ownField;
    last = position + size;
    first = true;
  }
  return count === expected ? count : -1;
}
