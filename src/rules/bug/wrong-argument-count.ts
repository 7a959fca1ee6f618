import type { Snapshot, SymbolRecord } from '#model/snapshot.ts';
import { SymbolFlag } from '#model/vocabulary.ts';
import { declaredAt, exactCallees } from '../analysis/exact-callees.ts';
import { parts } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

/**
 * In JavaScript other counts are legal: there, what is passed and never taken, and what is missing although the function takes it
 * apart at once, are told. TypeScript's compiler has its own say.
 */
export const rule = defineRule({
  id: 'wrong-argument-count',
  title: 'Call that does not fit the function',
  reason:
    'The function that this call surely reaches takes other arguments: Python raises TypeError, JavaScript drops what is too much and takes undefined for what is missing. Pass what it takes, or change the function.',
  category: 'bug',
  severity: 5,
  references: ['CWE-628', 'pylint E1120 E1121 E1123'],
  languages: ['python', 'javascript', 'jsx'],
  aliases: [
    'no-value-for-parameter',
    'too-many-function-args',
    'unexpected-keyword-arg',
    'E1120',
    'E1121',
    'E1123',
    'call-arg',
    'type-ignore',
  ],
  ecmascript: (file) => ({
    CallExpression: ({ callee, arguments: given }) => {
      if (callee.type !== 'Identifier' || file.role !== 'source' || given.some(({ type }) => type === 'SpreadElement'))
        return;
      const variable = file.scopes.variableOf(callee);
      // A function under its own name, or an import: nothing else can be called by it.
      if (!variable || !/^(?:function|import)$/.test(variable.kind)) return;
      if (variable.references.some(({ isWrite, isInit }) => isWrite && !isInit)) return;
      file.note(
        callee,
        { name: callee.name, positional: given.length, keywords: [], isScript: true },
        { identity: `${callee.name}(${given.length})` },
      );
    },
  }),
  tree: {
    python: (file) => ({
      call: (node) => {
        const { nodes } = file;
        const isMeantToRaise = (call: number): boolean => {
          for (let at = nodes.parent(call); at >= 0; at = nodes.parent(at)) {
            if (nodes.is(at, 'call') && /[rR]aises?/.test(nodes.slice(nodes.child(at, 'function')))) return true;
            if (nodes.is(at, 'with_statement') && /[rR]aises/.test(nodes.slice(at).split('\n', 1)[0]!)) return true;
            if (nodes.is(at, 'function_definition')) return false;
          }
          return false;
        };
        const callee = nodes.child(node, 'function');
        // `a.method()` may be bound or not, or replaced on an instance: plain names and self are sure.
        const isSelf =
          nodes.is(callee, 'attribute') && /^(?:self|cls)$/.test(nodes.slice(nodes.child(callee, 'object')));
        if (!nodes.is(callee, 'identifier') && !isSelf) return;
        // Built-ins, and what a parameter or a loop brings, are no functions of the tree.
        if (!isSelf) {
          const bindings = file.python.variableOf(callee)?.bindings ?? [];
          if (!bindings.some(({ kind }) => kind === 'function' || kind === 'import')) return;
        }
        const given = nodes.child(node, 'arguments');
        if (!nodes.is(given, 'argument_list')) return;
        const keywords: string[] = [];
        let positional = 0;
        for (const argument of parts(nodes, given)) {
          const type = nodes.typeName(argument);
          if (type === 'list_splat' || type === 'dictionary_splat' || type === 'parenthesized_list_splat') return;
          if (type === 'keyword_argument') keywords.push(nodes.slice(nodes.child(argument, 'name')));
          else positional++;
        }
        if (file.role === 'test' && isMeantToRaise(node)) return;
        const name = isSelf ? nodes.child(callee, 'attribute') : callee;
        file.note(
          file.at(name),
          { name: nodes.slice(name), positional, keywords, isSelf },
          { identity: `${nodes.slice(name)}(${positional} ${keywords.join(' ')})` },
        );
      },
    }),
  },
  eachFile: true,
  *conclude(files, project) {
    for (const { path, notes } of files) {
      // What flows into a name may be a partial or a wrapper: a function is known by scope and import, a method by its name.
      if (notes.length === 0) continue;
      const functions = exactCallees(project.snapshot, path, ['exact']);
      const methods = exactCallees(project.snapshot, path);
      for (const { place, data, identity } of notes) {
        if (data['isScript'] === true) {
          const [target, ...rest] = functions(place);
          const misfit =
            target && rest.length === 0
              ? scriptMisfit(project.snapshot, target, Number(data['positional']))
              : undefined;
          if (target && misfit)
            yield {
              ...misfit,
              place: { ...place, path },
              identity,
              related: [declaredAt(target, 'takes these parameters')],
            };
          continue;
        }
        const targets = data['isSelf'] === true ? methods(place) : functions(place);
        if (targets.length !== 1) continue;
        const target = targets[0]!;
        // What a test puts in the place of a method is called by that test alone.
        if (project.role(target.path) === 'test' && project.role(path) === 'source') continue;
        if (target.name !== data['name'] || target.name.startsWith('__')) continue;
        const keywords = data['keywords'] as readonly string[];
        const problem = misfit(target, Number(data['positional']), keywords, data['isSelf'] === true);
        if (problem === undefined) continue;
        yield {
          message: `\`${target.name}\` ${problem}.`,
          place: { ...place, path },
          identity,
          related: [declaredAt(target, 'takes these parameters')],
        };
      }
    }
  },
  examples: [
    {
      language: 'javascript',
      bad: 'function area(width, height) {\n  return width.value * height.value;\n}\nmodule.exports = () => area({ value: 3 });\n',
      good: 'function area(width, height) {\n  if (!height) return 0;\n  return width.value * height.value;\n}\nmodule.exports = () => area({ value: 3 });\n',
    },
    {
      language: 'javascript',
      bad: 'function warn(text, isDeep, source) {\n  if (isDeep) text += "!";\n  return text + source.line;\n}\nmodule.exports = () => warn("a");\n',
      good: 'function warn(text, isDeep, source) {\n  if (isDeep) text += source.line;\n  return text;\n}\nmodule.exports = () => warn("a");\n',
    },
    {
      language: 'javascript',
      bad: 'import { log } from "./log.js";\nexport const run = () => log("a", "b", "c");\n',
      good: 'import { all } from "./log.js";\nexport const run = () => all("a", "b", "c");\n',
      files: {
        'log.js':
          'export function log(level, text) {\n  console.log(level, text);\n}\nexport function all(level) {\n  console.log(level, arguments.length);\n}\n',
      },
    },
    {
      language: 'python',
      bad: 'def area(width, height):\n    return width * height\n\n\nprint(area(3))\n',
      good: 'def area(width, height=1, *more, **named):\n    return width * height\n\n\nprint(area(3), area(1, 2, 3, a=4), area(*x))\n',
    },
    {
      language: 'python',
      bad: 'class Box:\n    def put(self, thing):\n        return thing\n\n    def run(self):\n        return self.put(1, 2)\n',
      good: 'class Box:\n    @staticmethod\n    def put(thing, other):\n        return thing\n\n    def run(self):\n        return self.put(1, 2)\n',
    },
  ],
});

/** What does not fit; undefined where it may. */
function misfit(
  target: SymbolRecord,
  positional: number,
  keywords: readonly string[],
  isSelf: boolean,
): string | undefined {
  const { kind, flags, decorators, parameters } = target;
  if (kind !== 'function' && kind !== 'method') return undefined;
  if ((flags & (SymbolFlag.rebound | SymbolFlag.declaration)) !== 0) return undefined;
  const isStatic = (flags & SymbolFlag.static) !== 0;
  // A decorator may change what the function takes.
  const known = new Set(['staticmethod', 'classmethod', 'override', 'final', 'typing.override']);
  if (decorators.some((name) => !known.has(name.replace(/^@/, '')))) return undefined;
  if (kind === 'method' ? !isSelf : isSelf) return undefined;
  const own = kind === 'method' && !isStatic ? parameters.slice(1) : parameters;
  if (kind === 'method' && !isStatic && (parameters.length === 0 || parameters[0]!.kind === 'variadic'))
    return undefined;
  const byPosition = own.filter((one) => one.kind === 'positional' || one.kind === 'positional-only');
  const takesRest = own.some((one) => one.kind === 'variadic');
  const takesAny = own.some((one) => one.kind === 'keyword-variadic');
  if (positional > byPosition.length && !takesRest)
    return `takes ${byPosition.length} positional argument${byPosition.length === 1 ? '' : 's'}, and ${positional} are passed`;
  const byName = new Set(
    own.filter((one) => one.kind === 'positional' || one.kind === 'keyword-only').map(({ name }) => name),
  );
  const unknown = keywords.find((name) => !byName.has(name));
  if (unknown !== undefined && !takesAny) return `has no parameter \`${unknown}\``;
  const filled = new Set([...byPosition.slice(0, positional).map(({ name }) => name), ...keywords]);
  const missing = own.filter(
    (one) =>
      one.default === undefined && one.kind !== 'variadic' && one.kind !== 'keyword-variadic' && !filled.has(one.name),
  );
  if (missing.length === 0) return undefined;
  return `needs ${missing.map(({ name }) => `\`${name}\``).join(', ')}, which this call does not pass`;
}

/** Undefined where the call fits, or may. */
function scriptMisfit(
  snapshot: Snapshot,
  target: SymbolRecord,
  given: number,
): { readonly message: string; readonly severity: 3 | 4 } | undefined {
  const { kind, flags, parameters, name, path, startLine, endLine } = target;
  if (kind !== 'function' || (flags & (SymbolFlag.rebound | SymbolFlag.declaration)) !== 0) return undefined;
  if (!/\.[cm]?jsx?$/.test(path) || parameters.some((one) => one.kind !== 'positional')) return undefined;
  const file = snapshot.fileByPath(path);
  const text = (file && snapshot.text(file.id))
    ?.split('\n')
    .slice(startLine - 1, endLine)
    .join('\n');
  if (text === undefined || /\barguments\b/.test(text)) return undefined;
  const count = parameters.length;
  if (given > count)
    return {
      message: `\`${name}\` takes ${count} argument${count === 1 ? '' : 's'}, and ${given} are passed: the rest is dropped.`,
      severity: 3,
    };
  const missing = parameters.slice(given).find((one) => one.default === undefined && isTakenApart(text, one.name));
  return (
    missing && {
      message: `\`${name}\` takes \`${missing.name}\` apart, which this call does not pass.`,
      severity: 4,
    }
  );
}

/** A member of it is read on every way, and nowhere does the function ask whether it is there or give it a value. */
function isTakenApart(text: string, name: string): boolean {
  if (!/^[\w$]+$/.test(name)) return false;
  const word = `(?<![\\w$.])${name.replace(/\$/g, '\\$')}(?![\\w$])`;
  const isRead = Array.from(text.matchAll(new RegExp(`${word}(?:\\.[A-Za-z_$]|\\[)`, 'g'))).some(
    ({ index }) => !isConditional(text, index),
  );
  const isAsked = new RegExp(
    `[!&|?(]\\s*${word}\\s*(?:[)&|?]|[!=]==?)|${word}\\s*(?:=(?!=)|\\?|&&|\\|\\||[!=]==?|\\?\\?)|typeof\\s+${word}|\\bin\\s+${word}|[!=]==?\\s*${word}|\\|\\|\\s*${word}|&&\\s*${word}|!\\s*${word}`,
  ).test(text);
  return isRead && !isAsked;
}

/** Under a condition, which may ask for what else was not passed; by braces and the statement’s own words. */
function isConditional(text: string, at: number): boolean {
  const before = text.slice(0, at).replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g, '""');
  let depth = 0;
  for (const letter of before)
    if (letter === '{') depth++;
    else if (letter === '}') depth--;
  const statement = before.slice(
    Math.max(before.lastIndexOf(';'), before.lastIndexOf('{'), before.lastIndexOf('}')) + 1,
  );
  return depth > 1 || /\bif\s*\([^]*\)|\belse\b|&&|\|\||\?/.test(statement);
}
