import { SymbolFlag } from '#model/vocabulary.ts';
import type { Extraction } from '../declarative/extraction.ts';
import type { LanguageSpec } from '../declarative/language-spec.ts';
import { childrenIn, inFunction, namedChildren } from '../declarative/symbol-parts.ts';

const builtins = new Set([
  'echo',
  'printf',
  'cd',
  'exit',
  'return',
  'set',
  'shift',
  'test',
  '[',
  'true',
  'false',
  'read',
  'eval',
  'exec',
  'trap',
  'wait',
  'local',
  'unset',
  'break',
  'continue',
  ':',
  'pwd',
  'kill',
  'type',
  'command',
  'getopts',
  'umask',
  'let',
  'pushd',
  'popd',
  'shopt',
]);

/** POSIX shell and bash by name: functions, global variables, aliases, files that are sourced, commands as calls. */
export const shell: LanguageSpec = {
  language: 'shell',
  grammar: 'bash',
  level: 'names',
  comments: ['comment'],
  symbols: { function_definition: { kind: 'function' } },
  expressions: {},
  visit: {
    command: (x, node) => {
      const word = x.firstNamed(x.child(node, 'name'));
      if (!x.is(word, 'word')) return;
      const name = x.slice(word);
      const values = childrenIn(x, node, 'argument');
      if (name === 'source' || name === '.') {
        if (values[0] !== undefined) x.import('include', node, x.slice(values[0]).replace(/^["']|["']$/g, ''));
      } else if (name === 'alias') for (const value of values) alias(x, node, value);
      else if (!builtins.has(name)) x.reference('call', word, -1, values.length);
    },
    declaration_command: (x, node) => {
      const words = namedChildren(x, node)
        .filter((at) => x.is(at, 'word'))
        .map((at) => x.slice(at));
      const keyword = /^\S+/.exec(x.slice(node))![0];
      const flags =
        (keyword === 'readonly' || words.some((word) => /^-\w*r/.test(word)) ? SymbolFlag.readonly : 0) |
        (keyword === 'export' || words.some((word) => /^-\w*x/.test(word)) ? SymbolFlag.exported : 0);
      const isLocal =
        keyword === 'local' ||
        ((keyword === 'declare' || keyword === 'typeset') &&
          inFunction(x) &&
          !words.some((word) => /^-\w*g/.test(word)));
      for (const at of namedChildren(x, node)) {
        if (!x.is(at, 'variable_assignment')) continue;
        if (isLocal) x.local(x.child(at, 'name'), -1);
        else variable(x, at, flags);
        x.claim(at);
      }
    },
    variable_assignment: (x, node) => {
      if (x.isClaimed(node) || x.is(x.parent(node), 'command')) return;
      if (x.scopes.find(x.name(x.child(node, 'name'))) < 0) variable(x, node, 0);
    },
  },
};

/** A variable that no function declares local is global, wherever it is first assigned. */
function variable(x: Extraction, node: number, flags: number): void {
  const name = x.child(node, 'name');
  if (!x.is(name, 'variable_name')) return;
  const key = `variable ${x.slice(name)}`;
  if (x.memory.has(key)) return;
  x.memory.set(key, 1);
  x.declare({
    node,
    kind: (flags & SymbolFlag.readonly) !== 0 ? 'constant' : 'variable',
    nameNode: name,
    parent: 0,
    flags,
  });
}

function alias(x: Extraction, node: number, value: number): void {
  const name = /^["']?([\w.-]+)=/.exec(x.slice(value))?.[1];
  if (name !== undefined) x.declare({ node, kind: 'function', nameNode: value, name });
}
