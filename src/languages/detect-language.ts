/** Which language a file is in: by its name, its extension, its first line, a mode line, and content where names do not tell. */
import { ambiguousExtensions } from './ambiguous-extensions.ts';
import {
  findLanguage,
  languageKind,
  languageOfExtension,
  languageOfFileName,
  languageOfInterpreter,
} from './catalogue.ts';

export interface DetectedLanguage {
  readonly language: string;
  /** Declarations only: `.pyi`, `.d.ts`, `.d.mts`, `.d.cts`. */
  readonly declarations: boolean;
  /** False: only a guess by name; the file's first characters can tell more. */
  readonly certain: boolean;
}

/** How much of a file `detectLanguage` looks at, in UTF-16 units. */
export const HEAD_LENGTH = 8192;

/** Endings that wrap another name: `config.h.in`, `settings.py.example`. */
const wrappers = new Set(['in', 'tmpl', 'tpl', 'template', 'dist', 'example', 'sample', 'default', 'orig', 'bak']);
/** Names that are a language only in capitals. */
const capitals = new Set(['build', 'workspace', 'buck']);
const namePatterns: readonly (readonly [RegExp, string])[] = [
  [/^(?:dockerfile|containerfile)(?:[._-].+)?$/, 'dockerfile'],
  [/^(?:gnu)?makefile\..+$/, 'makefile'],
  [/^jenkinsfile\..+$/, 'groovy'],
  [/^(?:ts|js)config\..+\.json$/, 'jsonc'],
  [/^\.env\..+$/, 'dotenv'],
  [/^\..+ignore$/, 'git-ignore'],
];
const modeAliases: Readonly<Record<string, string>> = {
  'c++': 'cpp',
  sh: 'shell',
  bash: 'shell',
  zsh: 'shell',
  js: 'javascript',
  ts: 'typescript',
  objc: 'objective-c',
  'objective-c': 'objective-c',
  cs: 'csharp',
  make: 'makefile',
  'makefile-gmake': 'makefile',
  elisp: 'emacs-lisp',
  'lisp-interaction': 'emacs-lisp',
  rst: 'restructuredtext',
  tex: 'latex',
  plaintex: 'latex',
  conf: 'ini',
  dosini: 'ini',
  cfg: 'ini',
  golang: 'go',
  py: 'python',
  rb: 'ruby',
  viml: 'vim',
  yml: 'yaml',
  asm: 'assembly',
  nasm: 'assembly',
  sml: 'sml',
  plsql: 'sql',
  cperl: 'perl',
  js2: 'javascript',
  web: 'html',
  nxml: 'xml',
};

/** `head` is the file's start (HEAD_LENGTH is enough); without it the answer is by name alone. */
export function detectLanguage(path: string, head?: string): DetectedLanguage {
  const slash = path.lastIndexOf('/');
  const original = path.slice(slash + 1);
  const name = original.toLowerCase();
  const sure = (language: string, declarations = false): DetectedLanguage => ({
    language,
    declarations,
    certain: true,
  });

  const named = capitals.has(name) && original !== name.toUpperCase() ? undefined : languageOfFileName.get(name);
  if (named !== undefined && languageKind(named) !== 'prose') return sure(named);
  for (const [pattern, language] of namePatterns) if (pattern.test(name)) return sure(language);

  const parts = name.split('.');
  if (parts.length > 2 && wrappers.has(parts.at(-1)!)) parts.pop();
  const last = parts.length > 1 ? parts.at(-1)! : '';
  if (last !== '') {
    const ambiguity = Object.hasOwn(ambiguousExtensions, last) ? ambiguousExtensions[last] : undefined;
    if (ambiguity) return resolve(ambiguity, head, last === 'ts' && parts.at(-2) === 'd');
    const compound = parts.length > 2 ? languageOfExtension.get(`${parts.at(-2)!}.${last}`) : undefined;
    const known = compound ?? languageOfExtension.get(last);
    if (known !== undefined)
      return sure(known, last === 'pyi' || ((last === 'mts' || last === 'cts') && parts.at(-2) === 'd'));
  }
  if (head === undefined) return { language: named ?? 'text', declarations: false, certain: false };
  return {
    language: byShebang(head) ?? byModeLine(head) ?? byContent(head) ?? named ?? 'text',
    declarations: false,
    certain: true,
  };
}

function resolve(
  ambiguity: (typeof ambiguousExtensions)[string],
  head: string | undefined,
  declarations: boolean,
): DetectedLanguage {
  if (head === undefined) return { language: ambiguity.otherwise, declarations, certain: false };
  const sample = head.slice(0, HEAD_LENGTH);
  const mode = byShebang(sample) ?? byModeLine(sample);
  if (mode !== undefined && (mode === ambiguity.otherwise || ambiguity.tests.some(([language]) => language === mode)))
    return { language: mode, declarations, certain: true };
  const found = ambiguity.tests.find(([, test]) => test.test(sample));
  return {
    language: found?.[0] ?? ambiguity.otherwise,
    declarations: declarations && found === undefined,
    certain: true,
  };
}

function byShebang(head: string): string | undefined {
  if (!head.startsWith('#!')) return undefined;
  const stop = head.search(/[\r\n]/);
  const tokens = head
    .slice(2, stop < 0 ? 200 : Math.min(stop, 200))
    .trim()
    .split(/\s+/);
  let at = 0;
  if (/(?:^|\/)env$/.test(tokens[0] ?? '')) {
    at = 1;
    while (tokens[at] !== undefined && (tokens[at]!.startsWith('-') || tokens[at]!.includes('='))) at++;
  }
  const program = (tokens[at] ?? '').replace(/^.*\//, '').toLowerCase();
  const language = languageOfInterpreter.get(program) ?? languageOfInterpreter.get(program.replace(/[-.\d]+$/, ''));
  // The old trick of Tcl: a shell script that starts tclsh on itself.
  if (language === 'shell' && /^exec\s+(?:tclsh|wish)/m.test(head.slice(0, 400))) return 'tcl';
  return language;
}

function byModeLine(head: string): string | undefined {
  const lines = head.slice(0, 2000).split('\n', 6).slice(0, 5).join('\n');
  const emacs = /-\*-\s*(?:[^\n]*?\bmode:\s*)?([\w+-]+?)(?:-mode)?\s*(?:;[^\n]*)?-\*-/i.exec(lines);
  const vim = /\b(?:vim?|ex):[^\n]*\b(?:ft|filetype|syntax)=([\w+-]+)/.exec(lines);
  const mode = (emacs?.[1] ?? vim?.[1])?.toLowerCase();
  if (mode === undefined) return undefined;
  const language = modeAliases[mode] ?? mode;
  return findLanguage(language) ? language : undefined;
}

function byContent(head: string): string | undefined {
  const start = head.slice(0, 400).trimStart();
  if (start.startsWith('<?xml')) return 'xml';
  if (start.startsWith('<?php')) return 'php';
  if (/^<!doctype html|^<html[\s>]/i.test(start)) return 'html';
  if (/^#(?:compdef|autoload)\b/.test(start)) return 'shell';
  if (/^diff --git |^--- \S+[^\n]*\n\+\+\+ /.test(start)) return 'diff';
  if (/^[{[]\s*(?:"[^"\n]*"\s*[:,\]]|\{|\}|\])/.test(start)) return 'json';
  return undefined;
}
