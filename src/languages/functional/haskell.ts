import { SymbolColumn } from '#model/facts.ts';
import { SymbolFlag, type SymbolKind } from '#model/vocabulary.ts';
import type { Extraction } from '../declarative/extraction.ts';
import type { LanguageSpec, Visitor } from '../declarative/language-spec.ts';
import { bindLeaves, childrenIn, extendSymbol, namedChildren, setParameters } from '../declarative/symbol-parts.ts';
import { typeReference } from '../declarative/type-references.ts';

/** Haskell by name. All equations of a function are one symbol; its signature's type and comment are the symbol's. */
export const haskell: LanguageSpec = {
  language: 'haskell',
  grammar: 'haskell',
  level: 'names',
  comments: ['comment', 'haddock'],
  exported: (x, name, visibility, parent) =>
    visibility === 'public' &&
    (parent === 0 ? !x.memory.has('exports') || x.memory.has(`export ${name}`) : x.isExported(parent)),
  visibility: (x, _node, name, parent) =>
    parent === 0 && x.memory.has('exports') && !x.memory.has(`export ${name}`) ? 'private' : 'public',
  symbols: {
    data_type: {
      kind: 'enum',
      body: 'constructors',
      then: (x, node) => claimLeaves(x, x.child(node, 'patterns'), 'variable'),
    },
    newtype: {
      kind: 'struct',
      body: 'constructor',
      then: (x, node) => claimLeaves(x, x.child(node, 'patterns'), 'variable'),
    },
    data_constructor: {
      kind: 'enum-member',
      name: (x, node) => x.descendantOfType(node, 'constructor', 'prefix_id'),
      scope: true,
    },
    newtype_constructor: { kind: 'enum-member', name: 'name', scope: true },
    gadt_constructor: { kind: 'enum-member', name: (x, node) => x.descendantOfType(node, 'constructor') },
    field: {
      kind: (x) => (x.symbol === 0 ? undefined : 'field'),
      name: (x, node) => x.descendantOfType(x.child(node, 'name'), 'variable'),
      type: 'type',
      then: (x, node) => claimLeaves(x, node, 'variable'),
    },
    type_synomym: { kind: 'type', type: 'type' },
    type_family: { kind: 'type' },
    class: {
      kind: 'trait',
      body: 'declarations',
      then: (x, node) => claimLeaves(x, x.child(node, 'patterns'), 'variable'),
    },
  },
  typeNames: ['name'],
  builtinTypes: ['Int', 'Integer', 'Bool', 'Char', 'String', 'Double', 'Float', 'IO', 'Maybe', 'Either'],
  expressions: { variable: { op: 'name' }, module: { op: 'path' } },
  names: ['variable'],
  builtinNames: ['otherwise', 'return', 'pure', 'undefined', 'error', 'mempty'],
  visit: {
    header: moduleHeader,
    import: importRow,
    signature: (x, node) => {
      for (const name of childrenIn(x, node, 'name')) signature(x, node, name);
      for (const list of childrenIn(x, node, 'names'))
        for (const name of namedChildren(x, list)) signature(x, node, name);
    },
    function: (x, node) => equation(x, node),
    bind: (x, node) => equation(x, node),
    instance: (x, node) => {
      const type = x.child(node, 'name');
      const symbol = x.declare({
        node,
        kind: 'namespace',
        nameNode: -1,
        name: `instance ${x.oneLine(x.tree.start[type]!, x.tree.end[x.child(node, 'patterns') < 0 ? type : x.child(node, 'patterns')]!, 120)}`,
        body: x.child(node, 'declarations'),
      });
      x.enter(node, symbol);
      typeReference(x, type, 'implement');
    },
    deriving: (x, node) => {
      for (let at = node; at < x.tree.subtreeEnd[node]!; at++) if (x.is(at, 'name')) typeReference(x, at, 'implement');
    },
    lambda: (x, node) => {
      x.enter(node);
      bindPattern(x, x.child(node, 'patterns'));
    },
    alternative: (x, node) => {
      x.enter(node);
      bindPattern(x, x.child(node, 'pattern'));
    },
    do: (x, node) => x.enter(node),
    let_in: (x, node) => x.enter(node),
    generator: (x, node) => bindPattern(x, x.child(node, 'pattern')),
    apply: application,
    infix: (x, node) => {
      const operator = x.child(node, 'operator');
      if (
        x.is(operator, 'operator') &&
        !/^(?:[-+*/<>.$]|==|\/=|<=|>=|&&|\|\||\+\+|>>=|>>|<\$>|<\*>|<>)$/.test(x.slice(operator))
      )
        x.reference('call', operator, -1, 2);
      const named = x.descendantOfType(operator, 'variable');
      if (x.is(operator, 'infix_id') && named >= 0) x.reference('call', named, -1, 2);
    },
    prefix_id: (x, node) => x.skip(node),
  },
};

/** Variables become locals; constructors in a pattern take values apart and make none. */
function bindPattern(x: Extraction, pattern: number): void {
  bindLeaves(x, pattern, 'variable');
  claimLeaves(x, pattern, 'constructor');
}

function claimLeaves(x: Extraction, node: number, type: string): void {
  for (let at = node; node >= 0 && at < x.tree.subtreeEnd[node]!; at++) if (x.is(at, type)) x.claim(at);
}

function moduleHeader(x: Extraction, node: number): void {
  x.facts.symbols.set(0, SymbolColumn.declaredType, x.name(x.child(node, 'module')));
  const documentation = x.documentation(node);
  if (documentation !== undefined) x.facts.symbols.set(0, SymbolColumn.documentation, x.facts.string(documentation));
  const exports = x.child(node, 'exports');
  x.skip(node);
  if (exports < 0) return;
  // A module that is exported whole exports what this one declares.
  if (
    childrenIn(x, exports, 'export').some(
      (at) => x.is(at, 'module_export') && x.slice(x.child(at, 'module')) === x.slice(x.child(node, 'module')),
    )
  )
    return;
  x.memory.set('exports', 1);
  for (const at of childrenIn(x, exports, 'export')) {
    const name = [x.child(at, 'variable'), x.child(at, 'type'), x.child(at, 'operator')].find((child) => child >= 0);
    if (name !== undefined)
      x.memory.set(
        `export ${x
          .slice(name)
          .replace(/^\(|\)$/g, '')
          .trim()}`,
        1,
      );
  }
}

function importRow(x: Extraction, node: number): void {
  const path = x.slice(x.child(node, 'module'));
  const alias = x.child(node, 'alias');
  const names = x.child(node, 'names');
  const head = x.oneLine(x.tree.start[node]!, x.tree.end[node]!, 400);
  if (names >= 0 && !/\bhiding\b/.test(head)) {
    for (const at of childrenIn(x, names, 'name')) {
      const name = x.descendantOfType(at, 'variable', 'name', 'operator');
      if (name >= 0) x.import('member', at, path, x.slice(name));
    }
  } else if (/^import\s+(?:safe\s+)?qualified\b|\bqualified\b/.test(head))
    x.import('module', node, path, undefined, alias < 0 ? undefined : x.slice(alias));
  else x.import('star', node, path, undefined, alias < 0 ? undefined : x.slice(alias));
  x.skip(node);
}

const nameText = (x: Extraction, node: number): string => x.slice(node).replace(/^\(\s*|\s*\)$/g, '');

/** Remembers type and comment for the equations that follow; in a class, the signature itself declares the method. */
function signature(x: Extraction, node: number, nameNode: number): void {
  const name = nameText(x, nameNode);
  const key = `${x.symbol} ${name}`;
  const type = x.child(node, 'type');
  claimLeaves(x, type, 'variable');
  x.claim(nameNode);
  x.memory.set(`type ${key}`, type < 0 ? -1 : x.facts.string(x.oneLine(x.tree.start[type]!, x.tree.end[type]!, 300)));
  x.memory.set(`documentation ${key}`, x.facts.string(x.documentation(node)));
  if (x.kindOf(x.symbol) !== 'trait') return;
  const symbol = x.declare({
    node,
    kind: 'method',
    nameNode,
    name,
    flags: SymbolFlag.abstract | SymbolFlag.declaration,
  });
  x.facts.symbols.set(symbol, SymbolColumn.returnType, x.memory.get(`type ${key}`)!);
  x.memory.set(`symbol ${key}`, symbol);
}

const equation: Visitor = (x, node) => {
  const infix = x.is(x.firstNamed(node), 'infix') ? x.firstNamed(node) : -1;
  const nameNode = infix < 0 ? x.child(node, 'name') : x.child(infix, 'operator');
  if (nameNode < 0) {
    bindPattern(x, x.child(node, 'pattern'));
    return;
  }
  const holder = x.kindOf(x.symbol);
  const isLocal = /^(?:function|method)$/.test(holder);
  if (isLocal && x.is(node, 'bind')) {
    x.local(nameNode, -1);
    return;
  }
  const name = nameText(x, nameNode);
  const key = `${x.symbol} ${name}`;
  let symbol = x.memory.get(`symbol ${key}`) ?? -1;
  const match = x.child(node, 'match');
  const patterns =
    infix < 0
      ? namedChildren(x, x.child(node, 'patterns'))
      : [x.child(infix, 'left_operand'), x.child(infix, 'right_operand')];
  if (symbol >= 0) {
    extendSymbol(x, symbol, node);
    if (holder === 'trait')
      x.facts.symbols.set(
        symbol,
        SymbolColumn.flags,
        x.facts.symbols.get(symbol, SymbolColumn.flags) & ~(SymbolFlag.abstract | SymbolFlag.declaration),
      );
    x.claim(nameNode);
    x.enter(node, symbol);
    for (const pattern of patterns) bindPattern(x, pattern);
    return;
  }
  const type = x.memory.get(`type ${key}`) ?? -1;
  const documentation = x.facts.strings[x.memory.get(`documentation ${key}`) ?? -1];
  const isFunction = patterns.length > 0 || (type >= 0 && /->|\bIO\b/.test(x.facts.strings[type]!));
  const kind: SymbolKind =
    holder === 'trait' || holder === 'namespace' ? 'method' : isFunction ? 'function' : 'constant';
  symbol = x.declare({
    node,
    kind,
    nameNode,
    name,
    body: match,
    ...(documentation === undefined ? {} : { documentation }),
    flags:
      (/\w/.test(name) ? 0 : SymbolFlag.operator) | (name === 'main' && x.symbol === 0 ? SymbolFlag.entryPoint : 0),
    ...(isFunction ? { returnType: type } : { declaredType: type }),
  });
  if (type >= 0)
    x.facts.symbols.set(symbol, SymbolColumn.signature, x.facts.string(`${name} :: ${x.facts.strings[type]!}`));
  x.memory.set(`symbol ${key}`, symbol);
  x.enter(node, symbol);
  setParameters(
    x,
    symbol,
    patterns.map((pattern) => ({ node: pattern })),
  );
  for (const pattern of patterns) if (!x.isLeaf(pattern)) bindPattern(x, pattern);
};

/** `f a b` is an application of an application: the outermost is the call. */
function application(x: Extraction, node: number): void {
  const above = x.parent(node);
  if (x.is(above, 'apply') && x.fieldIs(node, 'function')) return;
  let count = 1;
  let callee = x.child(node, 'function');
  while (x.is(callee, 'apply')) {
    count++;
    callee = x.child(callee, 'function');
  }
  if (x.isClaimed(callee) && x.is(callee, 'constructor')) return;
  if (x.is(callee, 'variable') || x.is(callee, 'constructor'))
    x.reference(x.is(callee, 'variable') ? 'call' : 'instantiate', callee, -1, count);
  else if (x.is(callee, 'qualified')) {
    const name = x.child(callee, 'id');
    const module = x.child(callee, 'module');
    if (name >= 0)
      x.referenceNamed('call', x.name(name), name, x.typeExpression(x.slice(module).replace(/\.$/, '')), count);
    x.claim(name);
  }
}
