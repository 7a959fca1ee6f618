import type { Step } from '../model/candidate.ts';

const RESERVED = new Set(
  'break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof let new null return static super switch this throw true try typeof var void while with yield await async of get set arguments eval undefined NaN Infinity and as assert def del elif except exec from global is lambda None nonlocal not or pass print raise self True False list dict str int set tuple type id object len describe it test expect vi jest calls'.split(
    ' ',
  ),
);

/** Names of variables for the results of steps: what a class is called, what a function makes, `result` for the last. */
export function nameSteps(
  steps: readonly Step[],
  taken: ReadonlySet<string>,
  language: 'ecmascript' | 'python',
): string[] {
  const used = new Set(taken);
  return steps.map((step, index) => {
    const wanted = index === steps.length - 1 && step.op !== 'new' ? 'result' : nameFor(step);
    let name = language === 'python' ? snakeCase(wanted) : wanted;
    if (RESERVED.has(name) || !/^[A-Za-z_]\w*$/.test(name)) name = 'value';
    for (let number = 2; used.has(name); number++) name = `${name.replace(/\d+$/, '')}${number}`;
    used.add(name);
    return name;
  });
}

function nameFor(step: Step): string {
  const last = step.on.path.at(-1) ?? 'value';
  const plain = last.replace(/[^A-Za-z0-9_]/g, '') || 'value';
  if (step.op === 'new') return lowerFirst(plain);
  if (step.deferred) return 'promise';
  const made = /^(?:create|make|build|get|new|to|read|parse|load|find|fetch|as|with)_?([A-Z]\w*|(?<=_)\w+)$/.exec(
    plain,
  );
  if (made) return lowerFirst(made[1]!);
  if (step.op === 'collect') return 'items';
  return step.op === 'get' ? lowerFirst(plain) : /^[A-Z]/.test(plain) ? lowerFirst(plain) : `${plain}Result`;
}

function lowerFirst(text: string): string {
  if (/^[A-Z0-9_]+$/.test(text)) return text.toLowerCase();
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

export function snakeCase(text: string): string {
  return text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
}

export function camelCase(text: string): string {
  const words = text.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const joined = words
    .map((word, i) => (i === 0 ? lowerFirst(word) : word.slice(0, 1).toUpperCase() + word.slice(1)))
    .join('');
  return /^\d/.test(joined) || joined === '' ? `module${joined}` : RESERVED.has(joined) ? `${joined}Module` : joined;
}
