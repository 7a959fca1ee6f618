/** What each function takes from elsewhere than its parameters: of the outside world, of globals, of classes that it makes itself. */
import { hiddenInputOf, hiddenInputRead } from '#languages/hidden-inputs.ts';
import type { HiddenInputKind } from '#model/score.ts';
import type { Snapshot, SymbolRecord } from '#model/snapshot.ts';
import { functionKinds, SymbolFlag, typeKinds } from '#model/vocabulary.ts';
import type { ScoredFile, ScoredUnit } from './scored-units.ts';

export interface Use {
  readonly name: string;
  readonly line: number;
}

export interface UnitInputs {
  readonly hidden: ReadonlyMap<HiddenInputKind, readonly Use[]>;
  readonly globalsWritten: readonly Use[];
  readonly globalsRead: readonly (Use & { readonly target: number })[];
  readonly staticsWritten: readonly Use[];
  readonly staticsRead: readonly (Use & { readonly target: number })[];
  readonly built: readonly (Use & { readonly target: number })[];
  /** Other classes of the project whose members it uses. */
  readonly collaborators: ReadonlySet<number>;
}

export interface ProjectInputs {
  readonly of: ReadonlyMap<ScoredUnit, UnitInputs>;
  /** Variables of modules and static fields that some function writes. */
  readonly written: ReadonlySet<number>;
  /** Classes with a method that has a hidden input. */
  readonly impure: ReadonlySet<number>;
}

export function projectInputs(snapshot: Snapshot, files: readonly ScoredFile[]): ProjectInputs {
  const of = new Map<ScoredUnit, UnitInputs>();
  const written = new Set<number>();
  const impure = new Set<number>();
  const isMade = classWithBehaviour(snapshot);
  for (const { file, units } of files) {
    const lines = snapshot.text(file.id)?.split(/\r\n|\n|\r/) ?? [];
    for (const unit of units) {
      const inputs = inputsOf(snapshot, unit, lines, isMade, written);
      of.set(unit, inputs);
      const isReal = [...inputs.hidden.keys()].some((kind) => kind !== 'console');
      if (isReal && unit.holder?.kind === 'class') impure.add(unit.holder.symbol.id);
    }
  }
  return { of, written, impure };
}

function inputsOf(
  snapshot: Snapshot,
  unit: ScoredUnit,
  lines: readonly string[],
  isMade: (id: number) => boolean,
  written: Set<number>,
): UnitInputs {
  const hidden = new Map<HiddenInputKind, Use[]>();
  const found = {
    globalsWritten: [] as Use[],
    globalsRead: [] as (Use & { target: number })[],
    staticsWritten: [] as Use[],
    staticsRead: [] as (Use & { target: number })[],
    built: [] as (Use & { target: number })[],
  };
  const collaborators = new Set<number>();
  const add = (kind: HiddenInputKind, name: string, line: number): void => {
    const uses = hidden.get(kind) ?? [];
    if (!uses.some((use) => use.name === name && use.line === line)) uses.push({ name, line });
    hidden.set(kind, uses);
  };
  const owner = ownerOf(unit);
  for (const id of bodyOf(unit))
    for (const { target, external, kind, provenance, line, column } of snapshot.edgesFrom(id)) {
      if (provenance === 'candidate' || kind === 'contains' || kind === 'imports') continue;
      if (target < 0) {
        if (external === undefined) continue;
        const input = kind === 'reads' ? undefined : hiddenInputOf(external);
        if (input) add(input, shortName(external), line);
        const read = kind === 'reads' ? hiddenInputRead((lines[line - 1] ?? '').slice(column - 1)) : undefined;
        if (read) add(read.kind, read.name, line);
        continue;
      }
      const used = snapshot.symbol(target);
      const use = { name: used.qualifiedName, line };
      const holder = used.parent === undefined ? undefined : snapshot.symbol(used.parent);
      if (kind === 'calls' && holder && typeKinds.includes(holder.kind) && holder.id !== owner)
        collaborators.add(holder.id);
      if (kind === 'reads' || kind === 'writes') {
        const isGlobal = holder?.kind === 'module' && (used.kind === 'variable' || used.kind === 'constant');
        const isStatic = !isGlobal && isStaticUse(used, (lines[line - 1] ?? '').slice(0, column - 1));
        if (!isGlobal && !isStatic) continue;
        if (kind === 'writes') {
          written.add(target);
          found[isGlobal ? 'globalsWritten' : 'staticsWritten'].push(use);
        } else found[isGlobal ? 'globalsRead' : 'staticsRead'].push({ ...use, target });
      }
      if (kind === 'instantiates' && target !== owner && isMade(target)) {
        const before = (lines[line - 1] ?? '').slice(0, column - 1);
        // What is handed back or thrown is a product, no collaborator.
        if (!/\b(?:return|raise|throw|yield)\s+(?:await\s+)?(?:new\s+)?[\w.]*$/.test(before))
          found.built.push({ ...use, target });
      }
    }
  return { hidden, ...found, collaborators };
}

/** The unit and the functions inside of it, whose bodies run as part of it; of a class, what its body itself does. */
function bodyOf(unit: ScoredUnit): number[] {
  const ids = [unit.symbol.id];
  if (unit.kind === 'function') for (const part of unit.parts) ids.push(...bodyOf(part));
  return ids;
}

function ownerOf(unit: ScoredUnit): number | undefined {
  for (let at: ScoredUnit | undefined = unit; at; at = at.holder) if (at.kind === 'class') return at.symbol.id;
  return undefined;
}

/** Through `self` and `this` a field is an object's own, whatever the class says. */
function isStaticUse({ kind, flags }: SymbolRecord, before: string): boolean {
  if (kind !== 'field' && kind !== 'property' && kind !== 'constant' && kind !== 'variable') return false;
  return (
    (flags & SymbolFlag.static) !== 0 && (flags & SymbolFlag.readonly) === 0 && !/\b(?:self|this)\s*\.\s*$/.test(before)
  );
}

/** Classes that a test might want to replace: with methods of their own, and no exceptions. */
function classWithBehaviour(snapshot: Snapshot): (id: number) => boolean {
  const known = new Map<number, boolean>();
  return (id) => {
    let answer = known.get(id);
    if (answer === undefined) {
      const { name, kind } = snapshot.symbol(id);
      answer =
        (kind === 'class' || kind === 'struct') &&
        !/(?:Error|Exception|Warning|Interrupt|Exit)$/.test(name) &&
        snapshot
          .members(id)
          .some(
            (member) =>
              functionKinds.includes(member.kind) && member.kind !== 'constructor' && !/^__\w+__$/.test(member.name),
          );
      known.set(id, answer);
    }
    return answer;
  };
}

function shortName(external: string): string {
  const [module = '', member = ''] = external.slice(external.indexOf(':') + 1).split('#');
  if (module === 'builtins' || module === 'globals') return member.replaceAll('()', '');
  const last = module.slice(Math.max(module.lastIndexOf('/'), module.lastIndexOf('.')) + 1);
  return member === '' || member === 'default'
    ? last
    : `${last}.${member.replace(/^default\./, '').replaceAll('()', '')}`;
}
