/** `__all__` as far as constants tell: list, tuple, `+=`, `extend`, `append`, `remove`. */
import { Kind } from './grammar.ts';
import type { Unit } from './unit.ts';

export class OutwardNames {
  readonly #unit: Unit;
  #names: Set<string> | undefined;
  /** Something was added that is not constant (another module's `__all__`). */
  #isOpen = false;

  constructor(unit: Unit) {
    this.#unit = unit;
  }

  /** Undefined where the module has no `__all__`. */
  get names(): ReadonlySet<string> | undefined {
    return this.#names;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  assigned(statement: number, left: number, isAugmented: boolean): void {
    if (this.#unit.textOf(left) !== '__all__') return;
    const right = this.#unit.child(statement, this.#unit.fields.right);
    if (right < 0) return;
    if (!isAugmented) this.#names = new Set();
    this.#take(right);
  }

  called(call: number): void {
    const unit = this.#unit;
    const callee = unit.child(call, unit.fields.function);
    if (callee < 0 || unit.kind(callee) !== Kind.attribute) return;
    const object = unit.child(callee, unit.fields.object);
    if (object < 0 || unit.kind(object) !== Kind.identifier || unit.textOf(object) !== '__all__') return;
    const list = unit.child(call, unit.fields.arguments);
    const argument = list < 0 ? -1 : unit.firstNamed(list);
    if (argument < 0) return;
    const method = unit.textOf(unit.child(callee, unit.fields.attribute));
    if (method === 'extend') this.#take(argument);
    else {
      const name = unit.plainString(argument);
      if (name === undefined) this.#isOpen = true;
      else if (method === 'append') (this.#names ??= new Set()).add(name);
      else if (method === 'remove') this.#names?.delete(name);
    }
  }

  #take(node: number): void {
    const unit = this.#unit;
    this.#names ??= new Set();
    switch (unit.kind(node)) {
      case Kind.list:
      case Kind.tuple:
      case Kind.set:
      case Kind.expression_list:
      case Kind.parenthesized_expression:
        for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node)) this.#take(child);
        break;
      case Kind.string:
      case Kind.concatenated_string: {
        const name = unit.plainString(node);
        if (name === undefined) this.#isOpen = true;
        else this.#names.add(name);
        break;
      }
      case Kind.binary_operator:
        for (const field of [unit.fields.left, unit.fields.right]) this.#take(unit.child(node, field));
        break;
      case Kind.identifier:
        if (unit.textOf(node) !== '__all__') this.#isOpen = true;
        break;
      default:
        this.#isOpen = true;
    }
  }
}
