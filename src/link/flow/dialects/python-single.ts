/** Methods of which a look-up on `self` can find only one. */
import type { Hierarchy } from '../hierarchy.ts';
import { ObjectKind } from '../objects.ts';
import { PairMap } from '../pair-map.ts';
import type { FlowSystem } from '../system.ts';
import { heirsOf } from './python-names.ts';

export class SingleMethods {
  readonly #system: FlowSystem;
  readonly #hierarchy: Hierarchy;
  /** By class and name: the function + 1, 0 for none. */
  readonly #known = new PairMap();

  constructor(system: FlowSystem, hierarchy: Hierarchy) {
    this.#system = system;
    this.#hierarchy = hierarchy;
  }

  /**
   * The function that every instance of a class of this file, or of a class of the tree that inherits from it, has under the
   * name; −1 where another may stand in its place. Asked when all is known.
   */
  find(classObject: number, name: number): number {
    let known = this.#known.get(classObject, name);
    if (known < 0) this.#known.set(classObject, name, (known = this.#search(classObject, name) + 1));
    return known - 1;
  }

  #search(classObject: number, name: number): number {
    const { solver, objects, names } = this.#system;
    const definer = this.#hierarchy.definer(classObject, name);
    if (definer < 0 || this.#hierarchy.finds(classObject, names.id('__getattribute__'))) return -1;
    const field = this.#system.field(definer, name);
    if (solver.size(field) !== 1 || objects.kind[solver.at(field, 0)] !== ObjectKind.function) return -1;
    const classes = [classObject, ...heirsOf(this.#system, this.#hierarchy, classObject)];
    const isSure = classes.every(
      (each) => this.#isFirst(each, definer, name) && !this.#system.holdsField(this.#system.instanceOf(each), name),
    );
    return isSure ? solver.at(field, 0) : -1;
  }

  /** Whether a class's look-up ends at the definer, with nothing from outside before it. */
  #isFirst(classObject: number, definer: number, name: number): boolean {
    if (this.#hierarchy.definer(classObject, name) !== definer) return false;
    const order = this.#hierarchy.order(classObject);
    return order.slice(0, order.indexOf(definer)).every((each) => this.#system.objects.kind[each] === ObjectKind.class);
  }
}
