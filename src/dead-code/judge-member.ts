/** Whether a member of a class, an enum or a type is used by its name. */
import { Binding, ReferenceColumn, REFERENCE_STRIDE } from '#model/facts.ts';
import type { SymbolRecord } from '#model/snapshot.ts';
import { referenceRoles, SymbolFlag } from '#model/vocabulary.ts';
import { isDataBase, isHookName, isPlainDecorator } from './conventions.ts';
import type { FileView } from './file-view.ts';
import { isAugmentation } from './judge-module-name.ts';
import { isPicked } from './picked-names.ts';
import { WordFlag } from './source-words.ts';
import { startsOf } from './line-starts.ts';
import type { SymbolScope, Verdict } from './unused-symbols.ts';

export function judgeMember(
  scope: SymbolScope,
  file: FileView,
  symbol: SymbolRecord,
  parent: SymbolRecord,
): Verdict | undefined {
  const { family } = file;
  const { name } = symbol;
  if (
    symbol.decorators.some((each) => !isPlainDecorator(each)) ||
    symbol.decorators.some((each) => /abstractmethod|override$/.test(each))
  )
    return undefined;
  if (
    (symbol.flags & (SymbolFlag.abstract | SymbolFlag.override)) !== 0 ||
    isHookName(name, family) ||
    /^\[|^\d/.test(name)
  )
    return undefined;
  if (parent.kind === 'class' && parent.decorators.some((each) => !isPlainDecorator(each))) return undefined;
  if (isOverride(scope, symbol) || isWanted(scope, symbol, parent)) return undefined;
  const isPrivate =
    symbol.visibility === 'private' || name.startsWith('#') || (family === 'python' && name.startsWith('_'));
  if (isNamed(scope, file, symbol, parent, name.replace(/^#/, ''))) return undefined;
  if (parent.kind === 'enum') return judgeEnumMember(scope, file, parent);
  if (parent.kind === 'interface' || parent.kind === 'type') return judgeTypeMember(scope, file, symbol, parent);
  if (/^(?:Meta|Migration|Config|Params|Media|Options)$/.test(parent.name) && symbol.kind === 'field') return undefined;
  const bases = basesOf(scope, file, parent);
  if (family === 'python' && symbol.kind === 'field' && isPythonEnum(bases.names))
    return judgeEnumMember(scope, file, parent);
  if (
    symbol.kind !== 'method' &&
    symbol.kind !== 'property' &&
    symbol.kind !== 'class' &&
    (bases.names.some(isDataBase) || bases.outside || parent.decorators.length > 0)
  )
    return undefined;
  if (symbol.kind === 'class')
    return bases.outside || innerClasses.test(name) ? undefined : judgeNestedClass(scope, file, parent);
  if (symbol.kind !== 'method' && symbol.kind !== 'property' && symbol.kind !== 'field') return undefined;
  if (bases.outside) return { confidence: isPrivate ? 0.7 : 0.6, reason: 'a base class from outside may call it' };
  if (isPublishedClass(scope, file, parent) && !isPrivate) return undefined;
  const text = scope.project.isMentioned(name)
    ? 'a file that is no code names it'
    : scope.project.isQuoted(name)
      ? 'a string has its name'
      : undefined;
  if (text !== undefined) return { confidence: 0.6, reason: text };
  if (symbol.kind === 'method' && isHandedOn(scope, file, parent))
    return { confidence: 0.7, reason: 'instances are handed to code that may call it' };
  if (symbol.kind === 'method' && scope.project.isQuoted(parent.name))
    return { confidence: 0.6, reason: 'a string has the name of its class, so something may make one and call it' };
  const beginning = scope.project.beginningOf(name);
  if (beginning !== undefined)
    return { confidence: 0.6, reason: `code puts names together that begin with ${beginning}` };
  if (symbol.kind === 'method' && bases.family.some((id) => callsByComputedName(scope, id)))
    return {
      confidence: 0.6,
      reason: 'its class, or one beside it in the hierarchy, reaches members by computed names',
    };
  if (scope.project.isLibrary(file.package) && !isPrivate)
    return { confidence: 0.5, reason: 'users of the package may use it' };
  if (symbol.kind === 'field' && isFilledDynamically(file, parent))
    return { confidence: 0.5, reason: 'its class sets attributes by computed names' };
  return {
    confidence: isPrivate ? 0.95 : symbol.kind === 'method' ? 0.9 : 0.85,
    reason: 'no code of the tree names it as a member',
  };
}

/** Classes within classes that frameworks look for. */
const innerClasses =
  /^(?:Meta|Config|Params|Media|Options|Arguments|Input|Output|Migration|Settings|DoesNotExist|Defaults)$/;

function judgeNestedClass(scope: SymbolScope, file: FileView, parent: SymbolRecord): Verdict | undefined {
  if (isPublishedClass(scope, file, parent)) return undefined;
  if (scope.project.isLibrary(file.package)) return { confidence: 0.5, reason: 'users of the package may use it' };
  return { confidence: 0.85, reason: 'no code of the tree names it as a member' };
}

/** An interface of the tree that the class implements has a member of the name. */
function isWanted({ project: { request } }: SymbolScope, symbol: SymbolRecord, parent: SymbolRecord): boolean {
  if (parent.kind !== 'class') return false;
  return request.snapshot.edgesFrom(parent.id, ['implements', 'inherits']).some(({ target }) => {
    if (target < 0) return false;
    const base = request.snapshot.symbol(target);
    if (base.kind !== 'interface' && base.kind !== 'type') return false;
    const view = request.snapshot.fileByPath(base.path)!;
    for (let id = target + 1; id < view.firstSymbol + view.symbolCount; id++) {
      const member = request.snapshot.symbol(id);
      if (member.parent === target && member.name === symbol.name) return true;
    }
    return false;
  });
}

/** `.name` outside its own body, a key of a destructuring, a plain use in its class's body. */
function isNamed(
  scope: SymbolScope,
  file: FileView,
  symbol: SymbolRecord,
  parent: SymbolRecord,
  name: string,
): boolean {
  for (const place of scope.words.everywhere(file.family, name)) {
    const isOwn =
      place.file === file &&
      place.line >= symbol.startLine &&
      place.line <= symbol.endLine &&
      symbol.kind !== 'field' &&
      symbol.kind !== 'enum-member';
    if (isOwn) continue;
    const isMember = (place.flags & WordFlag.member) !== 0;
    if (isMember) {
      // To write to a property calls its setter.
      if ((place.flags & WordFlag.write) === 0 || symbol.kind === 'property' || symbol.kind === 'method') return true;
      continue;
    }
    const inClass = place.file === file && place.line >= parent.startLine && place.line <= parent.endLine;
    if (file.family === 'python') {
      if (
        inClass &&
        place.line !== symbol.nameLine &&
        (place.flags & (WordFlag.write | WordFlag.key)) === 0 &&
        !/(?:def|class)\s+$/.test(place.file.words.code.slice(Math.max(0, place.offset - 10), place.offset)) &&
        !/^\.(?:setter|getter|deleter)\b/.test(
          place.file.words.code.slice(place.offset + name.length, place.offset + name.length + 10),
        )
      )
        return true;
      if (/^\s*case\b/.test(lineText(scope, place.file, place.line))) return true;
    } else if (isPicked(place.file.words.code, place.offset, name)) return true;
  }
  const isKey = (code: string): boolean => code.includes(`['${name}']`) || code.includes(`["${name}"]`);
  return (
    isKey(file.words.code) || (scope.project.hasString(name) && scope.words.codeWith(file.family, parent.name, isKey))
  );
}

function lineText(scope: SymbolScope, file: FileView, line: number): string {
  const starts = startsOf(file);
  return file.text.slice(starts[line - 1], starts[line] ?? file.text.length);
}

function isOverride({ project }: SymbolScope, symbol: SymbolRecord): boolean {
  return project.request.snapshot.edgesFrom(symbol.id, ['overrides']).length > 0;
}

function judgeEnumMember(scope: SymbolScope, file: FileView, parent: SymbolRecord): Verdict | undefined {
  const name = parent.name;
  const whole = new RegExp(
    file.family === 'python'
      ? `\\b(?:in|list|tuple|set|sorted|len|iter|enumerate)[\\s(]+${name}\\b(?!\\.)|\\b${name}\\s*[\\[(]|\\b${name}\\.__members__|[(,=]\\s*${name}\\s*[,)]`
      : `(?:\\.\\.\\.|\\bin\\s+|\\bof\\s+|keyof\\s+typeof\\s+|\\bObject\\.\\w+\\(\\s*|[(,]\\s*)${name}\\b(?!\\s*(?:\\.|\\[\\s*["']))|\\b${name}\\s*\\[(?!\\s*["'])|\\btypeof\\s+${name}\\b`,
  );
  if (scope.words.codeWith(file.family, name, (code) => whole.test(withoutDeclarations(code, name)))) return undefined;
  if (isPublishedClass(scope, file, parent)) return undefined;
  if (scope.project.isLibrary(file.package) && file.family === 'python')
    return { confidence: 0.5, reason: 'users of the package may use it' };
  return { confidence: 0.9, reason: `no code reads it, and ${name} is never taken as a whole` };
}

/** Imports, exports and the declaration itself name it without taking it. */
function withoutDeclarations(code: string, name: string): string {
  return code
    .replace(/^\s*(?:import|export)\b[^;'"]*?(?:from\b|\}|$)/gm, '')
    .replace(/^\s*from\s+\S+\s+import\s+(?:\([^)]*\)|[^\n]*)/gm, '')
    .replace(new RegExp(`(?:class|enum)\\s+${name}\\b[^\\n]*`, 'g'), '');
}

function judgeTypeMember(
  scope: SymbolScope,
  file: FileView,
  symbol: SymbolRecord,
  parent: SymbolRecord,
): Verdict | undefined {
  if (isPublishedClass(scope, file, parent) || isAugmentation(scope, file, parent)) return undefined;
  const isElsewhere = scope.words
    .everywhere(file.family, symbol.name)
    .some((place) => place.file !== file || place.line !== symbol.nameLine);
  if (isElsewhere || scope.project.isQuoted(symbol.name) || scope.project.isMentioned(symbol.name)) return undefined;
  return scope.project.isLibrary(file.package)
    ? { confidence: 0.6, reason: 'users of the package may use it' }
    : { confidence: 0.8, reason: 'no other code of the tree has the name' };
}

/** Whether users of the package see the class. */
function isPublishedClass(scope: SymbolScope, file: FileView, parent: SymbolRecord): boolean {
  const { snapshot } = scope.project.request;
  let top = parent;
  while (top.parent !== undefined && snapshot.symbol(top.parent).kind !== 'module') top = snapshot.symbol(top.parent);
  for (const each of file.exports.values())
    if (
      file.record.firstSymbol + each.symbol === top.id &&
      (scope.use.isPublished(file.path, each.name) || isEntry(scope, file))
    )
      return file.family === 'ecmascript' || scope.project.isLibrary(file.package);
  return false;
}

function isEntry({ project }: SymbolScope, file: FileView): boolean {
  return (project.entries.get(file.path) ?? []).some(({ exports, use }) => exports === undefined && use !== 'test');
}

const INHERIT = referenceRoles.indexOf('inherit');

/** Base classes by name; `outside`: one of them, or a base of theirs, is not of the tree. `family`: the class, its bases and its heirs. */
function basesOf(
  scope: SymbolScope,
  file: FileView,
  parent: SymbolRecord,
): { readonly names: string[]; readonly outside: boolean; readonly family: readonly number[] } {
  const { snapshot } = scope.project.request;
  const names: string[] = [];
  let outside = false;
  const seen = new Set<number>();
  const visit = (id: number): void => {
    if (seen.has(id)) return;
    seen.add(id);
    const symbol = snapshot.symbol(id);
    const view = scope.project.viewOf(symbol.path);
    const inside = snapshot.edgesFrom(id, ['inherits']).filter(({ target }) => target >= 0);
    let written = 0;
    if (view) {
      const { references, strings } = view.facts;
      const row = id - view.record.firstSymbol;
      for (let at = 0; at < references.length; at += REFERENCE_STRIDE) {
        if (references[at + ReferenceColumn.role] !== INHERIT || references[at + ReferenceColumn.symbol] !== row)
          continue;
        const name = strings[references[at + ReferenceColumn.name]!]!;
        names.push(name);
        if (
          name !== 'object' &&
          name !== 'ABC' &&
          name !== 'Generic' &&
          name !== 'Protocol' &&
          !(references[at + ReferenceColumn.binding] === Binding.builtin && name === 'object')
        )
          written++;
      }
    }
    if (written > inside.length) outside = true;
    for (const { target } of inside) visit(target);
  };
  visit(parent.id);
  // A mix-in: a subclass may join it with a base from outside.
  for (const { source } of snapshot.edgesTo(parent.id, ['inherits'])) visit(source);
  return { names, outside, family: [...seen] };
}

function isPythonEnum(names: readonly string[]): boolean {
  return names.some((name) => /^(?:Int|Str)?(?:Enum|Flag)$/.test(name));
}

function isFilledDynamically(file: FileView, parent: SymbolRecord): boolean {
  const lines = file.words.code
    .split('\n')
    .slice(parent.startLine - 1, parent.endLine)
    .join('\n');
  return /\b(?:setattr|getattr|vars)\s*\(\s*(?:self|cls)\b|\b(?:self|cls)\.__dict__|Object\.assign\(\s*this|this\[/.test(
    lines,
  );
}

/** `getattr(self, prefix + kind)`, `this[name](…)`: any member may be meant. */
function callsByComputedName({ project }: SymbolScope, id: number): boolean {
  const symbol = project.request.snapshot.symbol(id);
  const file = project.viewOf(symbol.path);
  if (!file) return false;
  const starts = startsOf(file);
  const code = file.words.code.slice(starts[symbol.startLine - 1] ?? 0, starts[symbol.endLine] ?? file.text.length);
  return file.family === 'python'
    ? /\b(?:getattr|methodcaller)\s*\(\s*(?:self|cls|type\(self\)|self\.__class__)\s*,\s*(?!["'])/.test(code)
    : /(?:\b(?:this|self|that|_this)|\(\s*(?:this|self)\s+as\s[^()]*\))\s*(?:\?\.)?\[\s*(?!["'\d]|\w+\s*\]\s*=[^=])/.test(
        code,
      );
}

/** `call(Name(…))`, `[new Name()]`: what takes the instance may be code from outside. */
function isHandedOn(scope: SymbolScope, file: FileView, parent: SymbolRecord): boolean {
  const made = new RegExp(
    `(?<!\\bprint\\s?)[(,[]\\s*(?:new\\s+)?(?:\\w+\\.)?${parent.name.replace(/\$/g, '\\$')}\\([^()]*\\)(?!\\s*\\.)`,
  );
  return scope.words.codeWith(file.family, parent.name, (code) => made.test(code));
}
