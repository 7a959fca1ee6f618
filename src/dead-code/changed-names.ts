/** Names that stand in a file in another way than before, wherever their lines have moved to. */
import type { FileView } from './file-view.ts';
import { isPicked } from './picked-names.ts';
import { flagsOf, offsetOf } from './source-words.ts';

/** Judges look so far around a name. */
const BEFORE = 100;
const AFTER = 60;

export function* changedNames(before: FileView | undefined, now: FileView | undefined): Generator<string> {
  if (!before || !now || importsOutside(before) !== importsOutside(now)) {
    yield* new Set([...(before?.words.places.keys() ?? []), ...(now?.words.places.keys() ?? [])]);
    return;
  }
  for (const [name, places] of now.words.places) {
    const old = before.words.places.get(name);
    if (!old || old.length !== places.length) yield name;
    else
      for (let at = 0; at < places.length; at++)
        if (surroundings(before, name, old[at]!) !== surroundings(now, name, places[at]!)) {
          yield name;
          break;
        }
  }
  for (const name of before.words.places.keys()) if (!now.words.places.has(name)) yield name;
}

function surroundings({ words: { code }, family }: FileView, name: string, place: number): string {
  const offset = offsetOf(place);
  const line = code.lastIndexOf('\n', offset) + 1;
  const picked = family === 'ecmascript' && isPicked(code, offset, name);
  return `${flagsOf(place)} ${picked} ${code.slice(line, line + 20)} ${code.slice(Math.max(0, offset - BEFORE), offset + name.length + AFTER)}`;
}

/** Local names of modules from outside: `json.name` is no use of the tree's `name`. */
function importsOutside({ imports }: FileView): string {
  return imports
    .flatMap(({ local, target }) => (target.kind === 'external' ? [local] : []))
    .sort()
    .join(' ');
}
