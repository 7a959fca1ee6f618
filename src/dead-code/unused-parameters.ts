/** Parameters that their function's body does not name, where the function is free to drop them. */
import type { SymbolRecord } from '#model/snapshot.ts';
import { functionKinds, SymbolFlag } from '#model/vocabulary.ts';
import type { DeadCode } from './dead-code.ts';
import type { FileView } from './file-view.ts';
import { found, placeOfOffset } from './found.ts';
import { isHookName, isModuleConvention } from './conventions.ts';
import type { ProjectView } from './project-view.ts';
import { startsOf } from './line-starts.ts';
import type { WordIndex } from './word-index.ts';
import { isAccessed } from './judge-module-name.ts';

export function unusedParameters(project: ProjectView, file: FileView, words: WordIndex): DeadCode[] {
  const { snapshot } = project.request;
  if (file.isForeign || file.isTest || file.record.partial || /\.d\.[cm]?ts$|\.pyi$/.test(file.path)) return [];
  return snapshot
    .symbolsOf(file.record.id)
    .slice(1)
    .flatMap((symbol) => {
      if (symbol.flags & (SymbolFlag.declaration | SymbolFlag.abstract | SymbolFlag.override)) return [];
      return functionKinds.includes(symbol.kind) && symbol.parameters.length > 0
        ? judge(project, words, file, symbol)
        : [];
    });
}

function judge(project: ProjectView, words: WordIndex, file: FileView, symbol: SymbolRecord): DeadCode[] {
  if (
    symbol.decorators.length > 0 &&
    symbol.decorators.some((name) => !/^(?:staticmethod|classmethod|property|async)/.test(name))
  )
    return [];
  if (symbol.name.startsWith('__') && symbol.name !== '__init__') return [];
  if (isModuleConvention(symbol.name) || /^(?:visit|leave|depart|handle|on|do|test)_/.test(symbol.name)) return [];
  const body = bodyOf(file, symbol);
  if (!body || isStub(file, body.text) || isAccessedInside(file, body.text)) return [];
  if (symbol.kind !== 'function' && isHookName(symbol.name, file.family)) return [];
  const judged = symbol.parameters.map((parameter) => ({
    parameter,
    used: isNamed(words, file, symbol, body, parameter.name),
  }));
  if (judged.every(({ used }) => used)) return [];
  if (symbol.kind !== 'function' && mayBeOverridden(project, symbol)) return [];
  const isValue = isPassedAsValue(project, words, file, symbol);
  const isOffered =
    project.isLibrary(file.package) &&
    !/(?:^|\.)[_#]/.test(symbol.qualifiedName) &&
    symbol.visibility !== 'private' &&
    !/(?:^|\/)_/.test(file.path);
  const last = judged.findLastIndex(({ used }) => used);
  return judged.flatMap(({ parameter, used }, at) => {
    const { name, kind } = parameter;
    if (
      used ||
      name === '' ||
      /^_|^(?:self|cls|this|mcs|args|kwargs|options|opts|event|evt|e|err|error|req|res|next|request|response|ctx|context|props)$/.test(
        name,
      ) ||
      kind === 'variadic' ||
      kind === 'keyword-variadic'
    )
      return [];
    if (!/^[\p{L}$][\p{L}\p{N}_$]*$/u.test(name)) return [];
    // In JavaScript an argument's place may be needed for those that follow.
    if (file.family === 'ecmascript' && at < last) return [];
    const offset =
      body.signature +
      Math.max(
        0,
        file.text
          .slice(body.signature, body.start)
          .search(new RegExp(`(?<![\\w$.])${name.replace(/\$/g, '\\$')}(?![\\w$])`)),
      );
    return [
      found({
        rule: 'unused-parameter',
        name: `${symbol.qualifiedName}(${name})`,
        message: `The parameter ${name} of ${symbol.qualifiedName || 'a function'} is not used`,
        place: placeOfOffset(file, offset, name.length),
        symbol: symbol.key,
        confidence: isValue ? 0.6 : isOffered ? 0.7 : symbol.kind === 'function' ? 0.9 : 0.8,
        reason: isValue
          ? 'the function is handed on, and its caller sets its parameters'
          : isOffered
            ? 'users of the package may pass it'
            : 'its body does not name it',
        severity: 2,
        minutes: 5,
      }),
    ];
  });
}

interface Body {
  /** Offsets in the file: where the signature starts, where the body does, where it ends. */
  readonly signature: number;
  readonly start: number;
  readonly end: number;
  /** The body with comments blanked. */
  readonly text: string;
}

function bodyOf(file: FileView, symbol: SymbolRecord): Body | undefined {
  const { code } = file.words;
  const starts = startsOf(file);
  const signature = (starts[symbol.nameLine - 1] ?? 0) + symbol.nameColumn - 1;
  const end = (starts[symbol.endLine - 1] ?? 0) + symbol.endColumn - 1;
  const open = code.indexOf('(', signature);
  if (open < 0 || open >= end) return undefined;
  let depth = 0;
  let at = open;
  for (; at < end; at++) {
    if ('([{'.includes(code[at]!)) depth++;
    else if (')]}'.includes(code[at]!) && --depth === 0) break;
  }
  const start = file.family === 'python' ? code.indexOf(':', at) + 1 : bodyStart(code, at + 1, end);
  if (start <= 0 || start >= end) return undefined;
  return { signature: open, start, end, text: code.slice(start, end) };
}

function bodyStart(code: string, from: number, end: number): number {
  const arrow = code.indexOf('=>', from);
  const brace = code.indexOf('{', from);
  if (arrow >= 0 && arrow < end && (brace < 0 || arrow < brace)) return arrow + 2;
  return brace < 0 || brace >= end ? -1 : brace + 1;
}

function isNamed(words: WordIndex, file: FileView, symbol: SymbolRecord, body: Body, name: string): boolean {
  // A pattern's text is no name.
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(name)) return true;
  const isUsed = words
    .inFile(file, name)
    .some(({ offset, flags }) => offset >= body.start && offset < body.end && (flags & 1) === 0);
  if (isUsed) return true;
  // Defaults and types of other parameters, and constructor properties of TypeScript, use it as well.
  const parameters = file.words.code.slice(body.signature, body.start);
  if (
    new RegExp(`\\b(?:public|private|protected|readonly)\\s+(?:readonly\\s+)?${name.replace(/\$/g, '\\$')}\\b`).test(
      parameters,
    )
  )
    return true;
  return (
    (parameters.match(new RegExp(`(?<![\\w$.])${name.replace(/\$/g, '\\$')}(?![\\w$])`, 'g'))?.length ?? 0) > 1 ||
    /\b(?:arguments)\b/.test(file.family === 'ecmascript' ? body.text : '') ||
    symbol.name === ''
  );
}

/** Nothing but `pass`, `...`, a string, a raise or a throw: the signature is what it is there for. */
function isStub(file: FileView, body: string): boolean {
  const plain = file.family === 'python' ? body.replace(/"""[^]*?"""|'''[^]*?'''/g, '') : body.replace(/\}\s*$/, '');
  return /^\s*(?:(?:pass|\.\.\.|return(?:\s+(?:None|undefined|null|NotImplemented|True|False|true|false|\d+|\[\]|\{\}|""|''))?|raise\b[^\n]*|throw\b[^;]*|super\s*\([^)]*\))\s*;?\s*)*$/.test(
    plain,
  );
}

function isAccessedInside(file: FileView, body: string): boolean {
  return file.family === 'python'
    ? /\b(?:locals|vars|eval|exec)\s*\(/.test(body)
    : /\beval\s*\(|\barguments\b/.test(body);
}

/** A method of a class with bases, or one that subclasses define again, keeps its signature. */
function mayBeOverridden({ request: { snapshot } }: ProjectView, symbol: SymbolRecord): boolean {
  if (snapshot.edgesFrom(symbol.id, ['overrides']).length > 0 || snapshot.edgesTo(symbol.id, ['overrides']).length > 0)
    return true;
  if (symbol.parent === undefined) return false;
  const parent = snapshot.symbol(symbol.parent);
  if (parent.kind !== 'class') return true;
  return (
    /\(\s*[\w.]/.test(parent.signature?.replace(/\(\s*(?:object)?\s*\)/, '') ?? '') ||
    /\b(?:extends|implements)\b/.test(parent.signature ?? '') ||
    snapshot.edgesTo(parent.id, ['inherits', 'implements']).length > 0
  );
}

/** Named without a call behind it: a callback, a table of handlers, an assignment. */
function isPassedAsValue(project: ProjectView, words: WordIndex, file: FileView, symbol: SymbolRecord): boolean {
  if ((symbol.flags & SymbolFlag.anonymous) !== 0 || symbol.name === '') return true;
  if (isAccessed({ project } as never, file)) return true;
  const places =
    symbol.kind === 'function'
      ? words.everywhere(file.family, symbol.name)
      : words.everywhere(file.family, symbol.name).filter(({ flags }) => (flags & 1) !== 0);
  return places.some((place) => {
    if (place.file === file && place.line === symbol.nameLine) return false;
    const after = place.file.words.code.slice(
      place.offset + symbol.name.length,
      place.offset + symbol.name.length + 40,
    );
    const before = place.file.words.code.slice(Math.max(0, place.offset - 60), place.offset);
    return (
      !/^\s*(?:<[^>]*>)?\s*(?:\?\.)?\(/.test(after) &&
      !/\b(?:import|export|from|as|def|function|typeof)\b[^;\n]*$/.test(before) &&
      !/^\s*(?:,[^;\n]*)?\}\s*(?:from|=)/.test(after) &&
      !/^\s*,?\s*\n?\s*\)?$/.test(`${before.trim() === '' ? after : 'x'}`)
    );
  });
}
