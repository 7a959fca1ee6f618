/** ECMAScript's modules as values: what their outward names hold, by `export`, `export *` and `module.exports`. */
import { IMPORT_STRIDE, ImportColumn } from '#model/facts.ts';
import { ObjectKind } from '../objects.ts';
import { PairMap } from '../pair-map.ts';
import type { Program } from '../program.ts';
import type { FlowSystem } from '../system.ts';

/** Whether an object is CommonJS's `module`. */
export function isModuleRecord({ objects }: FlowSystem, object: number): boolean {
  return (
    objects.kind[objects.b[object]!] === ObjectKind.module && objects.kind[objects.a[object]!] === ObjectKind.external
  );
}

export class EcmascriptModules {
  readonly #system: FlowSystem;
  /** By module object and name: the slot of the attribute's value. */
  readonly #attributes = new PairMap();
  readonly #whole: number;

  constructor(system: FlowSystem) {
    this.#system = system;
    this.#whole = system.names.id('module.exports');
  }

  /** `module.exports` */
  loadExports(module: number, text: string, destination: number): void {
    if (text !== 'exports') return;
    this.#system.solver.add(destination, module);
    this.#system.solver.copy(this.#system.field(module, this.#whole), destination);
  }

  load(module: number, name: number, destination: number): void {
    this.#system.solver.copy(this.#attribute(module, name), destination);
  }

  /** The slot of a module's outward name: its own exports, star re-exports, properties of `module.exports`. */
  #attribute(module: number, name: number): number {
    const known = this.#attributes.get(module, name);
    if (known >= 0) return known;
    const system = this.#system;
    const { solver, names, objects, input } = system;
    const slot = system.newSlot();
    this.#attributes.set(module, name, slot);
    solver.copy(system.field(module, name), slot);
    const program = system.moduleProgram(objects.a[module]!);
    if (!program || (program.exportNames.has(name) && !program.exports.has(this.#whole))) return slot;
    const whole = system.field(module, this.#whole);
    system.each(whole, (object) => {
      if (object !== module) system.dialect.load(system, object, name, slot, program, -1);
    });
    if (names.text(name) === 'default' && !program.exportNames.has(name)) {
      solver.copy(whole, slot);
      return slot;
    }
    for (const row of program.stars) {
      const found = program.entry.targets[row];
      const file = found?.kind === 'module' ? input.find(found.path) : undefined;
      if (file) solver.copy(this.#attribute(objects.intern(ObjectKind.module, file.number), name), slot);
    }
    return slot;
  }

  importValue(program: Program, importRow: number, destination: number): void {
    const system = this.#system;
    const { solver, objects } = system;
    const target = program.entry.targets[importRow];
    if (!target || target.kind === 'missing') return;
    const nameIndex = program.facts.imports[importRow * IMPORT_STRIDE + ImportColumn.name]!;
    const text = nameIndex < 0 ? '*' : program.facts.strings[nameIndex]!;
    if (target.kind === 'external') {
      return solver.add(
        destination,
        system.external(text === '*' || text === 'default' ? target.name : `${target.name}#${text}`),
      );
    }
    const file = system.input.find(target.path);
    if (!file) return;
    const module = objects.intern(ObjectKind.module, file.number);
    if (text !== '*') return solver.copy(this.#attribute(module, program.name(nameIndex)), destination);
    solver.add(destination, module);
    solver.copy(system.field(module, this.#whole), destination);
  }
}
