import type { Extraction } from '../declarative/extraction.ts';
import type { LanguageSpec } from '../declarative/language-spec.ts';
import { namedChildren } from '../declarative/symbol-parts.ts';

/** CSS: rules as sections, custom properties as variables with their uses by `var()`, key frames, imports. */
export const css: LanguageSpec = {
  language: 'css',
  grammar: 'css',
  level: 'names',
  comments: ['comment'],
  symbols: {
    keyframes_statement: { kind: 'section', name: (x, node) => x.childOfType(node, 'keyframes_name') },
    media_statement: { kind: 'section', name: () => -1, fixedName: '@media' },
  },
  expressions: {},
  visit: {
    rule_set: (x, node) => {
      const selectors = x.childOfType(node, 'selectors');
      if (selectors < 0) return;
      const symbol = x.declare({
        node,
        kind: 'section',
        nameNode: selectors,
        name: x.oneLine(x.tree.start[selectors]!, x.tree.end[selectors]!, 120),
        body: x.childOfType(node, 'block'),
      });
      x.enter(node, symbol);
    },
    declaration: (x, node) => {
      const name = x.childOfType(node, 'property_name');
      if (name < 0 || !x.slice(name).startsWith('--')) return;
      // A property set under several selectors is one symbol for each.
      x.declare({ node, kind: 'variable', nameNode: name });
    },
    call_expression: (x, node) => {
      const name = x.firstNamed(x.childOfType(node, 'arguments'));
      if (x.slice(x.firstNamed(node)) === 'var' && name >= 0 && x.slice(name).startsWith('--'))
        x.reference('read', name);
    },
    import_statement: importRow,
  },
};

function importRow(x: Extraction, node: number): void {
  for (const at of namedChildren(x, node)) {
    const path = x.is(at, 'string_value') ? at : x.descendantOfType(at, 'string_value', 'plain_value');
    if (path < 0) continue;
    x.import('include', node, x.slice(path).replace(/^["']|["']$/g, ''));
    return;
  }
}
