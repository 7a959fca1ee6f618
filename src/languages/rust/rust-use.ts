import type { Extraction } from '../declarative/extraction.ts';

/** One import row for each leaf of a `use` tree. */
export function useDeclaration(x: Extraction, node: number): void {
  const exported = x.childOfType(node, 'visibility_modifier') >= 0;
  leaf(x, x.child(node, 'argument'), '', exported);
  x.skip(node);
}

function leaf(x: Extraction, node: number, prefix: string, exported: boolean): void {
  if (node < 0) return;
  const join = (path: string): string => (prefix && path ? `${prefix}::${path}` : prefix || path);
  const text = (at: number): string => x.slice(at).replace(/\s+/g, '');
  switch (x.typeName(node)) {
    case 'scoped_use_list': {
      const path = x.child(node, 'path');
      leaf(x, x.child(node, 'list'), join(path < 0 ? '' : text(path)), exported);
      return;
    }
    case 'use_list':
      for (let at = x.firstNamed(node); at >= 0; at = x.nextNamed(at)) leaf(x, at, prefix, exported);
      return;
    case 'use_wildcard': {
      const path = x.firstNamed(node);
      x.import(exported ? 're-export-star' : 'star', node, join(path < 0 ? '' : text(path)));
      return;
    }
    case 'use_as_clause':
      add(x, node, join(text(x.child(node, 'path'))), text(x.child(node, 'alias')), exported);
      return;
    default:
      add(x, node, join(text(node)), undefined, exported);
  }
}

function add(x: Extraction, node: number, path: string, alias: string | undefined, exported: boolean): void {
  const full = path.endsWith('::self') ? path.slice(0, -6) : path;
  const cut = full.lastIndexOf('::');
  x.import(
    exported ? 're-export' : 'member',
    node,
    cut < 0 ? '' : full.slice(0, cut),
    full.slice(cut < 0 ? 0 : cut + 2),
    alias,
  );
}
