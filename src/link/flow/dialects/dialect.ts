import type { CallSite } from '../call-sites.ts';
import type { Program } from '../program.ts';
import type { FlowSystem } from '../system.ts';

/** Classes that calls make rather than `class` statements: `type(name, bases, members)`, `namedtuple`. */
export interface ClassMaker {
  /** The class that the call at `site` makes. */
  make(site: CallSite): number;
  declare(classObject: number, name: number, slot: number): void;
  /** A parameter of the generated constructor, in order. */
  addField(classObject: number, name: number): void;
}

/** What pytest hands to tests. Slots of names hold constants or lists of them. */
export interface FixtureTable {
  /** `name`: −1 for the function's own. */
  provide(functionObject: number, name: number): void;
  parametrize(functionObject: number, names: number, values: number): void;
}

/** What the operations of a flow program mean in one family of languages. Objects given here are never parameters. */
export interface Dialect {
  /** Ecosystem prefix of outside names, with the colon: `py:`. */
  readonly prefix: string;
  /** What marks an element's key among names: nothing where elements are properties. */
  readonly keyPrefix: string;
  load(system: FlowSystem, object: number, name: number, destination: number, program: Program, row: number): void;
  store(system: FlowSystem, object: number, name: number, source: number, program: Program, row: number): void;
  /** `key` is the name of an element, or `system.anyKey`. */
  loadElement(
    system: FlowSystem,
    object: number,
    key: number,
    destination: number,
    program: Program,
    row: number,
  ): void;
  storeElement(system: FlowSystem, object: number, key: number, source: number, program: Program, row: number): void;
  call(system: FlowSystem, object: number, site: CallSite): void;
  iterate(system: FlowSystem, object: number, destination: number, program: Program, row: number): void;
  await(system: FlowSystem, object: number, destination: number, program: Program, row: number): void;
  enter(system: FlowSystem, object: number, destination: number, program: Program, row: number): void;
  /** What a value found on a class means when it is read through `receiver`. */
  bind(system: FlowSystem, object: number, receiver: number, destination: number, program: Program, row: number): void;
  super(system: FlowSystem, receiver: number, classObject: number, destination: number): void;
  base(system: FlowSystem, object: number, classObject: number, position: number): void;
  /** Whether `object` can be the receiver of a method of the class. */
  accepts(system: FlowSystem, object: number, classObject: number): boolean;
  /** Whether the object is an instance of the type: of the very class, if `exact`. Undefined where that is not known. */
  isInstance(system: FlowSystem, object: number, type: number, exact: boolean): boolean | undefined;
  /** Whether the object passes a NarrowKind that asks by no type; undefined where that is not known. */
  passes(system: FlowSystem, object: number, kind: number): boolean | undefined;
  /** Whether a class of the tree defines the name for the object: an instance's class, a class's metaclass. */
  finds(system: FlowSystem, object: number, name: number): boolean;
  /** Direct bases of a class object, and all its ancestors in the order of look-up, itself first. */
  bases(classObject: number): readonly number[];
  order(classObject: number): readonly number[];
  importValue(system: FlowSystem, program: Program, importRow: number, destination: number): void;
  global(system: FlowSystem, program: Program, name: number, destination: number): void;
  storeGlobal(system: FlowSystem, program: Program, name: number, source: number): void;
  member(system: FlowSystem, program: Program, classRow: number, name: number, source: number, flags: number): void;
  protocol(system: FlowSystem, program: Program, row: number): void;
  /** An operator's row of the own program meets an operand. */
  operate?(system: FlowSystem, object: number, row: number): void;
  readonly classes?: ClassMaker;
  readonly fixtures?: FixtureTable;
  /** A `class` statement ran; `row` is its row in `flow`. */
  defineClass?(system: FlowSystem, program: Program, row: number): void;
  /** Calls a special method that the object's type has; false where a class of the tree defines none. */
  callSpecial?(
    system: FlowSystem,
    object: number,
    method: string,
    site: CallSite,
    slots: readonly number[],
    destination: number,
  ): boolean;
  /** A function that creates instances of the class is found; `site` calls it, and what it makes goes to `destination`. */
  create?(system: FlowSystem, creator: number, classObject: number, site: CallSite, destination: number): void;
  /** A creator returned an object to a call that makes instances of the class. */
  created?(system: FlowSystem, object: number, classObject: number, creator: number, destination: number): void;
  /** Makes an instance as the class itself would, its metaclass aside. */
  construct?(system: FlowSystem, classObject: number, site: CallSite): void;
  /** The module of a dotted name as the file names it. */
  moduleNamed?(system: FlowSystem, name: string, program: Program): number | undefined;
  /** A setter that an object was given by a call. */
  accessor?(system: FlowSystem, object: number, name: number, setter: number): void;
  /** Called once for each loaded function, before its operations. */
  openFunction(system: FlowSystem, program: Program, functionRow: number): void;
  /** Called once for each loaded program, before its operations. */
  openProgram(system: FlowSystem, program: Program): void;
  /** Runs `act` when nothing else moves: for what depends on all that is known. */
  defer(act: () => void): void;
  /** Called once, when all files have said what their classes inherit from. */
  hierarchyKnown?(system: FlowSystem): void;
  /** The classes that instances of a declared class have: of an abstract one, those that inherit from it, while they are few. */
  concreteTypes?(system: FlowSystem, classObject: number): readonly number[];
  /** The one function that every instance of the class, or of what inherits from it, has under the name; −1 where that is not sure. */
  single?(system: FlowSystem, classObject: number, name: number): number;
  /** What a function that nobody calls takes for its receiver; called when nothing else moves. */
  seed(system: FlowSystem): void;
}
