/**
 * Calls of what a pattern of names finds on an object: `getattr(self, "visit_" + kind)(node)`. Where the names behind the
 * pattern are those of classes, the class of what is passed chose the method: each method gets instances of its class.
 */
import { ArgumentKind, ConstantKind } from '#model/flow.ts';
import { SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import type { CallSite } from '../call-sites.ts';
import { Constraint } from '../constraint.ts';
import type { Hierarchy } from '../hierarchy.ts';
import { firstMadeClass, ObjectKind } from '../objects.ts';
import type { FlowSystem } from '../system.ts';
import { matchingNames } from './python-names.ts';

/** A pattern that matches more names than this says nothing. */
const MOST_NAMES = 400;
/** Of the names, the share that must be classes for the argument's class to be what chooses. */
const CLASS_SHARE = 0.5;
/** From this share on a name that is no class's is not called by the pattern: a helper of those that are. */
const SURE_SHARE = 0.75;

/** Fewer cases than this cannot be told from helpers. */
const LEAST_CASES = 3;

const CLASSES = '#classes';

interface Dispatch {
  readonly names: ReadonlySet<number>;
  /** By name: the classes that it stands for; undefined where the names are no classes'. */
  readonly classes: ReadonlyMap<number, readonly number[]> | undefined;
}

/** Tells which classes of the file have which names. */
export function tellClassNames(system: FlowSystem): void {
  const relation = system.names.id(CLASSES);
  system.own.classObjects.forEach((object, row) =>
    system.find(nameObject(system, className(system, row)), relation, 'objects', object),
  );
}

function className({ own }: FlowSystem, row: number): string {
  const { symbols, strings } = own.facts;
  return strings[symbols[own.classAt(row)!.symbol * SYMBOL_STRIDE + SymbolColumn.name]!] ?? '';
}

function nameObject(system: FlowSystem, text: string): number {
  return system.objects.intern(ObjectKind.constant, ConstantKind.string, system.names.id(text));
}

export class NamedCalls {
  readonly #system: FlowSystem;
  readonly #hierarchy: Hierarchy;
  readonly #dispatches = new Map<number, Dispatch>();
  readonly #homes = new Map<number, CallSite>();

  constructor(system: FlowSystem, hierarchy: Hierarchy) {
    this.#system = system;
    this.#hierarchy = hierarchy;
  }

  /** `matching`: an object of that kind. */
  call(matching: number, site: CallSite): void {
    const system = this.#system;
    const { objects, solver, dialect } = system;
    const { names, classes } = this.#dispatch(matching);
    if (names.size > MOST_NAMES) return;
    const receiver = objects.a[matching]!;
    for (const name of names) {
      const types = classes?.get(name);
      if (classes && !types && classes.size >= names.size * SURE_SHARE) continue;
      const part = system.callSites.variant(site, types ? { arguments: this.#fitting(site.arguments, types) } : {});
      part.home = this.#home(site);
      const found = system.newSlot();
      dialect.load(system, receiver, name, found, site.program, site.row);
      solver.attach(found, Constraint.call, part.index);
    }
  }

  /** The site that all callees of a call are noted at, whatever objects the pattern is looked up on. */
  #home({ home }: CallSite): CallSite {
    let made = this.#homes.get(home.index);
    if (!made) this.#homes.set(home.index, (made = this.#system.callSites.variant(home, { named: true })));
    return made;
  }

  /** The arguments with instances of the types for the first. */
  #fitting(args: readonly number[], types: readonly number[]): readonly number[] {
    if (args[0] !== ArgumentKind.positional) return args;
    const system = this.#system;
    const slot = system.newSlot();
    for (const type of types) system.solver.add(slot, system.instanceOf(type));
    return [ArgumentKind.positional, slot, -1, ...args.slice(3)];
  }

  #dispatch(matching: number): Dispatch {
    let dispatch = this.#dispatches.get(matching);
    if (!dispatch) this.#dispatches.set(matching, (dispatch = this.#makeDispatch(matching)));
    return dispatch;
  }

  #makeDispatch(matching: number): Dispatch {
    const system = this.#system;
    const { objects } = system;
    const pattern = system.names.text(objects.b[matching]!);
    const names = matchingNames(system, this.#hierarchy, objects.a[matching]!, pattern);
    const star = pattern.indexOf('*');
    const found = new Map<number, readonly number[]>();
    for (const name of names) {
      const text = system.names.text(name);
      const types = this.#classesNamed(text.slice(star, text.length - (pattern.length - star - 1)));
      if (types.length > 0) found.set(name, types);
    }
    if (found.size < names.size * CLASS_SHARE) return { names: this.#withoutHelpers(names), classes: undefined };
    return { names, classes: this.#related(found) };
  }

  /** What the file calls by its name is no case of the pattern, as long as enough others are. */
  #withoutHelpers(names: ReadonlySet<number>): ReadonlySet<number> {
    const { loadedNames } = this.#system.own;
    const kept = new Set([...names].filter((name) => !loadedNames.has(name)));
    return kept.size >= LEAST_CASES ? kept : names;
  }

  #classesNamed(text: string): readonly number[] {
    const system = this.#system;
    const found = [...system.values(nameObject(system, text), system.names.id(CLASSES), 'objects')];
    system.own.classObjects.forEach((object, row) => {
      if (className(system, row) === text && !found.includes(object)) found.push(object);
    });
    return found;
  }

  /** Of namesakes, those that share an ancestor with what most of the names stand for. */
  #related(found: ReadonlyMap<number, readonly number[]>): ReadonlyMap<number, readonly number[]> {
    const counts = new Map<number, number>();
    for (const types of found.values())
      for (const ancestor of new Set(types.flatMap((type) => this.#ancestors(type))))
        counts.set(ancestor, (counts.get(ancestor) ?? 0) + 1);
    const most = Math.max(...counts.values());
    const roots = [...counts.keys()].filter((ancestor) => counts.get(ancestor) === most);
    const related = new Map<number, readonly number[]>();
    for (const [name, types] of found) {
      const kept = types.filter((type) => this.#ancestors(type).some((ancestor) => roots.includes(ancestor)));
      if (kept.length > 0) related.set(name, kept);
    }
    return related.size < found.size * CLASS_SHARE ? found : related;
  }

  /** Classes of the tree along the order, itself first. */
  #ancestors(type: number): readonly number[] {
    const { objects } = this.#system;
    return this.#hierarchy
      .order(type)
      .filter((each) => objects.kind[each] === ObjectKind.class && objects.b[each]! < firstMadeClass);
  }
}
