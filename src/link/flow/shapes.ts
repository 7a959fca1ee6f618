/** What other files see of a program without solving it: the shapes of its functions and classes, its names. */
import { EXPORT_STRIDE, ExportColumn, SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import { ObjectKind, type ObjectTable } from './objects.ts';
import type { Program } from './program.ts';

/** By object: what others may have looked at. */
export function shapesOf(program: Program, objects: ObjectTable): ReadonlyMap<number, string> {
  const shapes = new Map<number, string>();
  const { symbols, exports, strings } = program.facts;
  const nameOf = (symbol: number): string => strings[symbols[symbol * SYMBOL_STRIDE + SymbolColumn.name]!] ?? '';
  for (const fn of program.declaredFunctions) {
    const parameters = fn.parameters.map(
      (parameter) => `${parameter.kind} ${parameter.name} ${parameter.slot < 0} ${parameter.default < 0}`,
    );
    const holder = fn.class < 0 ? -1 : program.classObjects[fn.class];
    const slots = [fn.receiver, fn.returns, fn.yields, fn.arguments].map((slot) => slot < 0);
    shapes.set(
      program.functionObjects[fn.row]!,
      [fn.flags, holder, nameOf(fn.symbol), slots.join(), parameters.join(), program.factories.shape(fn.row)].join('|'),
    );
  }
  const members: string[][] = [];
  for (let at = 0; at < symbols.length; at += SYMBOL_STRIDE) {
    const parent = symbols[at + SymbolColumn.parent]!;
    if (parent < 0) continue;
    const isMethod = symbols[at + SymbolColumn.parameterCount]! > 0;
    (members[parent] ??= []).push(`${nameOf(at / SYMBOL_STRIDE)}${isMethod ? '()' : ''}`);
  }
  for (const value of program.classes) {
    shapes.set(
      program.classObjects[value.row]!,
      [
        value.bases.length,
        value.metaclass < 0,
        program.isAbstract(value.row),
        program.fieldsOf(value.row).join(),
        [...(program.certainOf(value.row) ?? [])].join(),
        (members[value.symbol] ?? []).join(),
      ].join('|'),
    );
  }
  const names: string[] = [];
  for (let at = 0; at < exports.length; at += EXPORT_STRIDE)
    names.push(`${strings[exports[at + ExportColumn.name]!]} ${exports[at + ExportColumn.symbol]! < 0}`);
  const stars = program.stars.map((row) => JSON.stringify(program.entry.targets[row]));
  shapes.set(
    objects.intern(ObjectKind.module, program.number),
    [[...program.exportNames].join(), [...program.exports.keys()].join(), names.join(), stars.join()].join('|'),
  );
  return shapes;
}

/** By row of the old symbols: where each is now, −1 where it is gone; undefined when none moved. */
export function movedSymbols(old: Program, now: Program): Int32Array | undefined {
  const before = symbolKeys(old);
  const after = symbolKeys(now);
  if (before.length <= after.length && before.every((key, row) => key === after[row])) return undefined;
  const rows = new Map(after.map((key, row) => [key, row]));
  return Int32Array.from(before, (key) => rows.get(key) ?? -1);
}

function symbolKeys({ facts: { symbols, strings } }: Program): string[] {
  const keys: string[] = [];
  const taken = new Map<string, number>();
  for (let at = 0; at < symbols.length; at += SYMBOL_STRIDE) {
    const parent = symbols[at + SymbolColumn.parent]!;
    const name = symbols[at + SymbolColumn.name]!;
    const key = `${parent < 0 ? '' : keys[parent]}/${name < 0 ? '' : strings[name]}:${symbols[at + SymbolColumn.kind]}`;
    const count = taken.get(key) ?? 0;
    taken.set(key, count + 1);
    keys.push(count === 0 ? key : `${key}#${count}`);
  }
  return keys;
}
