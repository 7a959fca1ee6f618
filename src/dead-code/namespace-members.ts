/** Which members of a module a file takes by the module's local name, or from a dynamic import. */
import { Binding, ReferenceColumn, REFERENCE_STRIDE } from '#model/facts.ts';
import { referenceRoles } from '#model/vocabulary.ts';
import type { FileView, ImportView } from './file-view.ts';
import { startsOf } from './line-starts.ts';

/** `inner`: the member that is taken of it, where the taken one is itself a module: `a.b.c`. */
export interface TakenMember {
  readonly name: string;
  readonly inner?: string;
}

const IMPORT_ROLE = referenceRoles.indexOf('import');
const memberAfter = /^\s*(?:\?\.|\.)\s*([\p{L}_$][\p{L}\p{N}_$]*)/u;

/** Of import rows: as long as a file's text is the same, so are they, and what is taken by them. */
const known = new WeakMap<ImportView, { readonly members: readonly TakenMember[] | undefined }>();

/** Member names of a module's local name; undefined where it goes anywhere else. */
export function namespaceMembers(file: FileView, row: ImportView): readonly TakenMember[] | undefined {
  let found = known.get(row);
  if (!found) known.set(row, (found = { members: readMembers(file, row) }));
  return found.members;
}

function readMembers(file: FileView, row: ImportView): TakenMember[] | undefined {
  if (row.local === '') return calledMembers(file, row);
  const names: TakenMember[] = [];
  const starts = startsOf(file);
  const references = file.facts.references;
  for (let at = 0; at < references.length; at += REFERENCE_STRIDE) {
    if (
      references[at + ReferenceColumn.binding] !== Binding.imported ||
      references[at + ReferenceColumn.target] !== row.row
    )
      continue;
    const line = references[at + ReferenceColumn.line]!;
    const offset = (starts[line - 1] ?? 0) + references[at + ReferenceColumn.column]! - 1;
    if (line === row.line && references[at + ReferenceColumn.role] === IMPORT_ROLE) continue;
    const after = file.text.slice(offset + row.local.length, offset + row.local.length + 200);
    const member = memberAfter.exec(after) ?? /^\s*(?:\?\.)?\[\s*["'`]([^"'`$]+)["'`]\s*\]/.exec(after);
    if (member) {
      names.push(withInner(member[1]!, after.slice(member[0].length)));
      continue;
    }
    const before = file.text.slice(Math.max(0, offset - 400), offset);
    const picked = /(?:const|let|var)\s*\{([^{}]*)\}\s*(?::[^=]*)?=\s*$/.exec(before);
    if (picked && /^\s*(?:;|\n|$|,)/.test(after) && !picked[1]!.includes('...'))
      names.push(...pickedNames(picked[1]!).map((name) => ({ name })));
    // What others take of it by that name is counted with them.
    else if (/\bexport\s*\{[^{}]*$/.test(before)) continue;
    else if (/\btypeof\s+$/.test(before) || !/import\s*(?:type\s*)?$/.test(before)) return undefined;
  }
  // Python's flow facts hold no reads of locals: what the words say counts as well.
  if (file.family === 'python') {
    for (const [name, places] of file.words.places) if (places.some((place) => place % 2 === 1)) names.push({ name });
    return names;
  }
  // References hold no types: `typeof ns.member`, `ns.Type`.
  const local = row.local.replace(/\$/g, '\\$');
  for (const match of file.words.code.matchAll(
    new RegExp(`(?<![\\w$.])${local}\\s*(?:\\?\\.|\\.)\\s*([\\p{L}_$][\\p{L}\\p{N}_$]*)`, 'gu'),
  ))
    names.push(
      withInner(match[1]!, file.words.code.slice(match.index + match[0].length, match.index + match[0].length + 80)),
    );
  return names;
}

function withInner(name: string, after: string): TakenMember {
  const inner = memberAfter.exec(after)?.[1];
  return inner === undefined ? { name } : { name, inner };
}

/** `require('./a').member` and `const { a } = require('./a')` without a name of its own. */
function calledMembers(file: FileView, row: ImportView): TakenMember[] | undefined {
  if (file.family !== 'ecmascript' || row.kind !== 'module') return undefined;
  const place = (startsOf(file)[row.line - 1] ?? 0) + row.column;
  const call = /^[^\n]{0,200}?\brequire\(\s*["'`][^"'`\n]+["'`]\s*\)/.exec(
    file.text.slice(file.text.lastIndexOf('\n', place) + 1),
  );
  if (!call || !call[0].includes(row.specifier)) return undefined;
  const end = file.text.lastIndexOf('\n', place) + 1 + call[0].length;
  const member = memberAfter.exec(file.text.slice(end, end + 100));
  return member
    ? [withInner(member[1]!, file.text.slice(end + member[0].length, end + member[0].length + 80))]
    : undefined;
}

/** What is taken of `import('./x')`: `{ a } = await …`, `(await …).a`, `.then(({ a }) => …)`; undefined for all. */
export function dynamicMembers(file: FileView, row: ImportView): TakenMember[] | undefined {
  return dynamicNames(file, row)?.map((name) => ({ name }));
}

function dynamicNames(file: FileView, row: ImportView): string[] | undefined {
  if (file.family === 'python') return undefined;
  const starts = startsOf(file);
  const place = (starts[row.line - 1] ?? 0) + row.column;
  const open = file.text.lastIndexOf('import', place);
  if (open < 0) return undefined;
  const close = file.text.indexOf(')', place);
  const before = file.text.slice(Math.max(0, open - 300), open);
  const after = file.text.slice(close + 1, close + 300);
  const picked = /(?:const|let|var)\s*\{([^{}]*)\}\s*=\s*await\s*$/.exec(before);
  if (picked && !picked[1]!.includes('...')) return pickedNames(picked[1]!);
  if (/\(\s*await\s+$/.test(before)) {
    const member = /^\s*\)\s*\??\.\s*([\p{L}_$][\p{L}\p{N}_$]*)/u.exec(after);
    return member ? [member[1]!] : undefined;
  }
  const then = /^\s*\.then\(\s*(?:async\s*)?\(?\s*\{([^{}]*)\}\s*\)?\s*=>/.exec(after);
  if (then && !then[1]!.includes('...')) return pickedNames(then[1]!);
  const whole =
    /^\s*\.then\(\s*\(?\s*([\p{L}_$][\p{L}\p{N}_$]*)\s*\)?\s*=>\s*\(?\s*(?:\{\s*default\s*:\s*)?\1\.([\p{L}_$][\p{L}\p{N}_$]*)/u.exec(
      after,
    );
  if (whole) return [whole[2]!];
  return undefined;
}

function pickedNames(list: string): string[] {
  return list.split(',').flatMap((part) => /^\s*["']?([\p{L}_$][\p{L}\p{N}_$]*)/u.exec(part)?.[1] ?? []);
}
