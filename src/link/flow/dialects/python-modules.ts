/** Python's modules as values: their attributes, star imports, submodules, and stores from other files. */
import { ConstantKind } from '#model/flow.ts';
import { IMPORT_STRIDE, ImportColumn } from '#model/facts.ts';
import type { CallSite } from '../call-sites.ts';
import { callFunction } from '../calls.ts';
import { ObjectKind } from '../objects.ts';
import type { Program } from '../program.ts';
import type { FlowSystem } from '../system.ts';

export class PythonModules {
  readonly #system: FlowSystem;
  /** By module object and name: the slot of the attribute's value. */
  readonly #attributes = new Map<number, Map<number, number>>();
  readonly #setting: number;
  readonly #storing: number;

  constructor(system: FlowSystem) {
    this.#system = system;
    this.#setting = system.names.id('#settings');
    this.#storing = system.names.id('#set ');
  }

  /** The module at a path as the resolver gives it; undefined when it is not a file that flow knows. */
  object(path: string): number | undefined {
    const { objects, names, input } = this.#system;
    if (path.endsWith('/')) return objects.intern(ObjectKind.folder, names.id(path));
    const file = input.find(path);
    return file && objects.intern(ObjectKind.module, file.number);
  }

  /** The module of a dotted name as the file names it; a leading mark stands for the file itself (`__name__`). */
  named(name: string, program: Program): number | undefined {
    if (name === ownName(program)) return this.#system.objects.intern(ObjectKind.module, program.number);
    const path = this.#system.specifier(program.entry.path, name);
    return path === undefined ? undefined : this.object(path);
  }

  attribute(module: number, name: number): number {
    let attributes = this.#attributes.get(module);
    if (!attributes) this.#attributes.set(module, (attributes = new Map()));
    let slot = attributes.get(name);
    if (slot === undefined) {
      slot = this.#system.newSlot();
      attributes.set(name, slot);
      this.#fillAttribute(module, name, slot);
    }
    return slot;
  }

  #fillAttribute(module: number, name: number, slot: number): void {
    const { objects, solver, names } = this.#system;
    const text = names.text(name);
    if (objects.kind[module] === ObjectKind.folder) {
      this.#addSubmodule(names.text(objects.a[module]!), text, slot);
      return;
    }
    solver.copy(this.#system.field(module, name), slot);
    const program = this.#system.moduleProgram(objects.a[module]!);
    if (!program) return;
    if (text === '__name__') solver.add(slot, objects.intern(ObjectKind.constant, ConstantKind.string, -1));
    if (program.exportNames.has(name)) return;
    if (this.#fillFromStars(program, name, slot)) return;
    if (this.#addSubmodule(program.entry.path, text, slot)) return;
  }

  /** `module.name`: its attribute, or what the module's own `__getattr__` gives. */
  load(module: number, name: number, destination: number, program: Program, row: number): void {
    this.#system.solver.copy(this.attribute(module, name), destination);
    if (row >= 0) this.#ask(module, name, () => this.#system.implicitCall(program, row, destination));
  }

  /** Calls the module's `__getattr__` if it has one and the name is not its own. */
  #ask(module: number, name: number, makeSite: () => CallSite): void {
    const { objects, names, solver } = this.#system;
    if (objects.kind[module] !== ObjectKind.module) return;
    const program = this.#system.moduleProgram(objects.a[module]!);
    const getter = names.id('__getattr__');
    if (!program?.exports.has(getter) || names.text(name).startsWith('__')) return;
    if (this.#offers(module, name, new Set())) return;
    if (this.#system.submodule(program.entry.path, names.text(name)) !== undefined) return;
    const key = this.#system.newSlot();
    solver.add(key, objects.intern(ObjectKind.constant, ConstantKind.string, name));
    const site = this.#system.callSites.share(makeSite(), [0, key, -1]);
    this.#system.each(this.#system.field(module, getter), (found) => {
      if (objects.kind[found] === ObjectKind.function) callFunction(this.#system, found, site, -1);
    });
  }

  /** The place of an import as a call site. */
  #importSite(program: Program, row: number, destination: number): CallSite {
    const { imports } = program.facts;
    const at = row * IMPORT_STRIDE;
    const symbol = imports[at + ImportColumn.symbol]!;
    const caller = program.functions.find((fn) => fn.symbol === symbol)?.row ?? 0;
    return this.#system.callSite({
      row: 0,
      caller,
      destination,
      line: imports[at + ImportColumn.line]!,
      column: imports[at + ImportColumn.column]!,
      derived: true,
    });
  }

  /** Looks the name up in the modules of `from m import *`; true when one of the tree has it. */
  #fillFromStars(program: Program, name: number, slot: number): boolean {
    const text = this.#system.names.text(name);
    if (text.startsWith('__')) return false;
    for (const row of program.stars) {
      const target = program.entry.targets[row];
      if (target?.kind !== 'module') continue;
      const module = this.object(target.path);
      if (module === undefined || !this.#offers(module, name, new Set())) continue;
      this.#system.solver.copy(this.attribute(module, name), slot);
      return true;
    }
    return false;
  }

  #offers(module: number, name: number, seen: Set<number>): boolean {
    const { objects } = this.#system;
    if (objects.kind[module] !== ObjectKind.module || seen.has(module)) return false;
    seen.add(module);
    const program = this.#system.moduleProgram(objects.a[module]!);
    if (!program) return false;
    if (program.exportNames.has(name)) return true;
    return program.stars.some((row) => {
      const target = program.entry.targets[row];
      const next = target?.kind === 'module' ? this.object(target.path) : undefined;
      return next !== undefined && this.#offers(next, name, seen);
    });
  }

  #addSubmodule(module: string, name: string, slot: number): boolean {
    const path = this.#system.submodule(module, name);
    const found = path === undefined ? undefined : this.object(path);
    if (found !== undefined) this.#system.solver.add(slot, found);
    return found !== undefined;
  }

  /** What other files store under the module's own names reaches its own code. */
  openProgram(system: FlowSystem, program: Program): void {
    const module = system.objects.intern(ObjectKind.module, program.number);
    system.follow(module, this.#setting, 'names', (name) => {
      const stored = system.field(module, this.#stored(name));
      for (const slot of program.exports.get(name) ?? []) system.solver.copy(stored, system.use(program, slot));
    });
  }

  #stored(name: number): number {
    return this.#system.names.prefixed(this.#storing, name);
  }

  /** `module.name = value`: other files read it, and the module's own code does. */
  store(module: number, name: number, source: number): void {
    const { objects, own } = this.#system;
    this.#system.expand(source, this.#system.field(module, name));
    if (objects.a[module] !== own.number) {
      this.#system.find(module, this.#setting, 'names', name);
      return this.#system.expand(source, this.#system.field(module, this.#stored(name)));
    }
    for (const slot of own.exports.get(name) ?? []) this.#system.expand(source, this.#system.use(own, slot));
  }

  importValue(program: Program, row: number, destination: number): void {
    const { solver } = this.#system;
    const target = program.entry.targets[row];
    if (!target || target.kind === 'missing') return;
    const nameIndex = program.facts.imports[row * IMPORT_STRIDE + ImportColumn.name]!;
    if (target.kind === 'external') {
      const text = nameIndex < 0 ? (target.bound ?? target.name) : `${target.name}#${program.facts.strings[nameIndex]}`;
      return solver.add(destination, this.#system.external(text));
    }
    const module = this.object(nameIndex < 0 ? (target.bound ?? target.path) : target.path);
    if (module === undefined) return;
    if (target.submodule !== undefined && target.path === program.entry.path) {
      // `from . import name` in the package itself: the name is bound by this very row.
      const own = this.object(target.submodule);
      if (own !== undefined) solver.add(destination, own);
      return;
    }
    if (nameIndex < 0) return solver.add(destination, module);
    const name = program.name(nameIndex);
    solver.copy(this.attribute(module, name), destination);
    if (target.submodule === undefined) this.#ask(module, name, () => this.#importSite(program, row, destination));
    if (target.submodule === undefined || this.#offers(module, name, new Set())) return;
    const submodule = this.object(target.submodule);
    if (submodule !== undefined) solver.add(destination, submodule);
  }

  /** A name that no scope of the file binds: from a star import, else a builtin. */
  global(program: Program, name: number, destination: number): void {
    const { solver, names } = this.#system;
    const text = names.text(name);
    if (text === '__name__') {
      const own = names.id(ownName(program));
      return solver.add(destination, this.#system.objects.intern(ObjectKind.constant, ConstantKind.string, own));
    }
    const slot = this.#system.newSlot();
    solver.copy(slot, destination);
    if (this.#fillFromStars(program, name, slot)) return;
    for (const row of program.stars) {
      const target = program.entry.targets[row];
      if (target?.kind === 'external' && !builtins.has(text))
        return solver.add(slot, this.#system.external(`${target.name}#${text}`));
    }
    solver.add(slot, this.#system.external(`py:builtins#${text}`));
  }
}

/** Builtins that people call often: with a star import of an outside module, other unbound names are taken for that module's. */
const builtins: ReadonlySet<string> = new Set(
  (
    'abs all any bin bool bytearray bytes callable chr classmethod compile complex delattr dict dir divmod enumerate eval exec filter float format ' +
    'frozenset getattr globals hasattr hash help hex id input int isinstance issubclass iter len list locals map max memoryview min next object oct ' +
    'open ord pow print property range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip ' +
    'Exception ValueError TypeError KeyError IndexError RuntimeError AttributeError ImportError OSError IOError StopIteration NotImplementedError ' +
    'None True False Ellipsis NotImplemented'
  ).split(' '),
);

/** The text that stands for a module's `__name__`: its real one depends on where Python was started. */
function ownName(program: Program): string {
  return `__name__ of ${program.entry.path}`;
}
