/**
 * Comments that say why a finding is right as it is: `trowel-ignore rule-id: reason` for its own line or, where it stands alone,
 * the next line of code; `trowel-ignore-file rule-id: reason` for the whole file. Those of other tools count for rules that
 * declare the other tool's name, and need no reason.
 */
export interface Suppression {
  readonly kind: 'line' | 'file' | 'foreign';
  /** Rule ids; empty: all (foreign ones only). */
  readonly rules: readonly string[];
  readonly reason: string;
  /** 1-based line that it stands on and the one that it is about; 0 for a file. */
  readonly line: number;
  readonly appliesTo: number;
}

export interface CommentText {
  readonly text: string;
  readonly line: number;
  /** Code stands before it on its line. */
  readonly isTrailing: boolean;
}

const own = /trowel-ignore(-file)?\b[ \t]*([\w, \t-]*?)[ \t]*(?::[ \t]*(.*?))?[ \t]*(?:\*\/|-->)?[ \t]*$/m;
const noqa = /#\s*noqa\b(?:\s*:\s*([A-Z]+[0-9]+(?:[,\s]+[A-Z]+[0-9]+)*))?/i;
const pylint = /#\s*pylint:\s*disable(-next)?=([\w\-, ]+)/;
const typeIgnore = /#\s*(?:type|pyright|mypy|ty|pyrefly|pyre):\s*ignore\b(?:\[([\w\-, ]*)\])?/;
const eslint = /(?:eslint|oxlint)-disable(-line|-next-line)?\b([^*]*)/;
/** `/* eslint no-unreachable: 0 *\/`: off for the file. */
const eslintOff = /^\/\*\s*eslint\s+(?!-)([^*]+)/;
const biome = /biome-ignore\s+lint(?:\/\w+)*\/(\w+)/;

export function readSuppressions(comments: readonly CommentText[]): readonly Suppression[] {
  return comments.flatMap(readOne);
}

function readOne({ text, line, isTrailing }: CommentText): readonly Suppression[] {
  const found: Suppression[] = [];
  const near = isTrailing ? line : line + 1 + (text.match(/\n/g)?.length ?? 0);
  const foreign = (rules: readonly string[], appliesTo: number, kind: 'foreign' | 'file' = 'foreign'): void => {
    found.push({ kind: kind === 'file' ? 'foreign' : kind, rules, reason: 'of another tool', line, appliesTo });
  };
  const mine = own.exec(text);
  if (mine) {
    found.push({
      kind: mine[1] ? 'file' : 'line',
      rules: words(mine[2]),
      reason: mine[3] ?? '',
      line,
      appliesTo: mine[1] ? 0 : near,
    });
  }
  const quiet = noqa.exec(text);
  if (quiet) foreign(words(quiet[1]), line);
  const disabled = pylint.exec(text);
  if (disabled) foreign(words(disabled[2]), disabled[1] ? line + 1 : isTrailing ? line : 0);
  const untyped = typeIgnore.exec(text);
  if (untyped) foreign(['type-ignore', ...words(untyped[1])], line);
  const linted = eslint.exec(text);
  if (linted) {
    const rules = words((linted[2] ?? '').split('--')[0]);
    foreign(rules, linted[1] === '-line' ? line : linted[1] === '-next-line' ? near : 0);
  }
  const rules = [
    ...(eslintOff.exec(text)?.[1] ?? '').matchAll(/([\w@/-]+)["']?\s*:\s*\[?\s*(?:0|["']?off["']?)(?![\w])/g),
  ];
  if (rules.length > 0)
    foreign(
      rules.flatMap(([, rule]) => words(rule)),
      0,
    );
  const ignored = biome.exec(text);
  if (ignored) foreign([ignored[1]!], near);
  return found;
}

function words(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(/[\s,]+/)
    .map((word) => word.slice(word.lastIndexOf('/') + 1))
    .filter((word) => word !== '');
}
