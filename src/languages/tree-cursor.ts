/**
 * Tree-sitter's cursor without web-tree-sitter's wrapper, which copies the cursor into and out of WebAssembly memory around
 * each question. The cursor stays where the library keeps it (its transfer buffer) as long as nothing else is called between
 * `root` and `close`.
 */
import type { Language, Tree } from 'web-tree-sitter';
import { TrowelError } from '#base/errors.ts';
import { NodeFlag, type NodeArrays } from './node-arrays.ts';

type Call = (tree: number) => number;

export interface CursorCalls {
  /** Puts the root node into the transfer buffer, from where `open` takes it. */
  readonly root: Call;
  readonly open: Call;
  readonly close: Call;
  readonly type: Call;
  readonly field: Call;
  /** UTF-16 offset, like `end`. */
  readonly start: Call;
  readonly end: Call;
  readonly missing: Call;
  readonly firstChild: Call;
  readonly nextSibling: Call;
  readonly parent: Call;
}

const names: Readonly<Record<keyof CursorCalls, string>> = {
  root: '_ts_tree_root_node_wasm',
  open: '_ts_tree_cursor_new_wasm',
  close: '_ts_tree_cursor_delete_wasm',
  type: '_ts_tree_cursor_current_node_type_id_wasm',
  field: '_ts_tree_cursor_current_field_id_wasm',
  start: '_ts_tree_cursor_start_index_wasm',
  end: '_ts_tree_cursor_end_index_wasm',
  missing: '_ts_tree_cursor_current_node_is_missing_wasm',
  firstChild: '_ts_tree_cursor_goto_first_child_wasm',
  nextSibling: '_ts_tree_cursor_goto_next_sibling_wasm',
  parent: '_ts_tree_cursor_goto_parent_wasm',
};

/** The calls in `binding`, the module object that `Parser.init` was given. */
export function cursorCalls(binding: object): CursorCalls {
  const exported = binding as Readonly<Record<string, unknown>>;
  const call = (key: keyof CursorCalls): Call => {
    const found = exported[names[key]];
    if (typeof found !== 'function') throw new TrowelError('unsupported', `web-tree-sitter has no ${names[key]}.`);
    return found as Call;
  };
  return {
    root: call('root'),
    open: call('open'),
    close: call('close'),
    type: call('type'),
    field: call('field'),
    start: call('start'),
    end: call('end'),
    missing: call('missing'),
    firstChild: call('firstChild'),
    nextSibling: call('nextSibling'),
    parent: call('parent'),
  };
}

/** Where a tree or a language lies in WebAssembly memory. */
export function addressOf(thing: Tree | Language): number {
  return (thing as unknown as { readonly 0: number })[0];
}

/** Fills `nodes`, a parent before its children, and returns their number. `tree` is an address, `named` holds flags by node type. */
export function flattenByCursor(cursor: CursorCalls, tree: number, named: Uint8Array, nodes: NodeArrays): number {
  let count = 0;
  let above = -1;
  cursor.root(tree);
  cursor.open(tree);
  try {
    for (;;) {
      nodes.reserve(count + 1);
      const node = count++;
      const kind = cursor.type(tree);
      nodes.type[node] = kind;
      nodes.field[node] = cursor.field(tree);
      nodes.start[node] = cursor.start(tree);
      nodes.end[node] = cursor.end(tree);
      nodes.flags[node] = (named[kind] ?? NodeFlag.named) | (cursor.missing(tree) ? NodeFlag.missing : 0);
      nodes.parent[node] = above;
      if (cursor.firstChild(tree)) {
        above = node;
        continue;
      }
      nodes.subtreeEnd[node] = count;
      while (!cursor.nextSibling(tree)) {
        if (!cursor.parent(tree)) return count;
        nodes.subtreeEnd[above] = count;
        above = nodes.parent[above]!;
      }
    }
  } finally {
    cursor.close(tree);
  }
}
