/**
 * Annotations, also those in strings, as types that a slot may hold instances of. They are read from the text, so that
 * `"list[Model]"` and `list[Model]` are one path.
 */
import { Binding } from '#model/facts.ts';
import { ContainerKind, FlowOp } from '#model/flow.ts';
import type { Context } from './context.ts';

/** Their arguments stand for themselves. */
const transparent = new Set([
  'Optional',
  'Union',
  'Annotated',
  'Final',
  'ClassVar',
  'Required',
  'NotRequired',
  'ReadOnly',
  'Unpack',
  'InitVar',
  'Mapped',
]);
const containers: Readonly<Record<string, number>> = {
  list: ContainerKind.list,
  List: ContainerKind.list,
  Sequence: ContainerKind.list,
  MutableSequence: ContainerKind.list,
  Iterable: ContainerKind.list,
  Iterator: ContainerKind.generator,
  Generator: ContainerKind.generator,
  Collection: ContainerKind.list,
  tuple: ContainerKind.tuple,
  Tuple: ContainerKind.tuple,
  set: ContainerKind.set,
  Set: ContainerKind.set,
  frozenset: ContainerKind.set,
  FrozenSet: ContainerKind.set,
  AbstractSet: ContainerKind.set,
  deque: ContainerKind.list,
  Deque: ContainerKind.list,
  AsyncIterator: ContainerKind.generator,
  AsyncIterable: ContainerKind.list,
  AsyncGenerator: ContainerKind.generator,
};
const mappings = new Set(['dict', 'Dict', 'Mapping', 'MutableMapping', 'defaultdict', 'DefaultDict', 'OrderedDict']);
/** Nothing in their arguments is what the value is. */
const opaque = new Set(['Callable', 'Literal', 'Type', 'type', 'TypeGuard', 'TypeIs', 'Concatenate', 'ParamSpec']);
/** Awaiting gives their last argument. */
const awaited = new Set(['Awaitable', 'Coroutine', 'Future', 'Task']);
/** Names that are no class of any project. */
const silent = new Set([
  'None',
  'Any',
  'object',
  'int',
  'str',
  'bytes',
  'bool',
  'float',
  'complex',
  'Self',
  'NoReturn',
  'Never',
  'True',
  'False',
]);

interface TypeTerm {
  /** Names of a dotted path with their offsets; empty for what is no name. */
  readonly path: readonly (readonly [start: number, end: number])[];
  readonly args: readonly TypeTerm[];
  /** Members of `A | B`; then path and args are empty. */
  readonly members: readonly TypeTerm[];
}

/** Marks `slot` as possibly holding what the annotation node says. */
export function annotate(context: Context, slot: number, node: number): void {
  const { start, end } = context.unit.tree;
  const term = parse(context, start[node]!, end[node]!);
  if (term) annotateWith(context, slot, term);
}

/** All alternatives are one annotation: each is as likely. */
function annotateWith(context: Context, slot: number, term: TypeTerm): void {
  const types: number[] = [];
  apply(context, slot, term, types);
  const type = context.flow.union(types);
  if (slot >= 0 && type >= 0) context.flow.emit(FlowOp.annotate, slot, type);
}

/** Writes the references of a type that no slot is annotated with. */
export function mentionType(context: Context, node: number): void {
  annotate(context, -1, node);
}

/** What a generator yields, from its return annotation: `Iterator[X]`, `Generator[X, …]`. */
export function annotateYields(context: Context, slot: number, node: number): void {
  const { start, end } = context.unit.tree;
  const term = parse(context, start[node]!, end[node]!);
  const name = term?.path.at(-1);
  const isIterator =
    term !== undefined &&
    name !== undefined &&
    containers[context.unit.text.slice(name[0], name[1])] !== undefined &&
    term.args.length > 0;
  if (isIterator) {
    mention(context, term);
    mentionAll(context, term.args.slice(1));
    annotateWith(context, slot, term.args[0]!);
  } else if (term) mentionAll(context, [term]);
}

/** Adds to `types` the slots of the classes that `slot` may hold instances of; containers are copied into it. */
function apply(context: Context, slot: number, term: TypeTerm, types: number[]): void {
  if (term.members.length > 0) {
    for (const member of term.members) apply(context, slot, member, types);
    return;
  }
  const last = term.path.at(-1);
  if (!last) return;
  const { unit } = context;
  const name = unit.text.slice(last[0], last[1]);
  const type = mention(context, term);
  if (opaque.has(name)) {
    if (name === 'Type' || name === 'type') typeArguments(context, slot, term);
    else if (name !== 'Literal') mentionAll(context, term.args);
  } else if (transparent.has(name)) {
    term.args.forEach((argument, index) =>
      name === 'Annotated' && index > 0 ? mentionAll(context, [argument]) : apply(context, slot, argument, types),
    );
  } else if (awaited.has(name)) {
    term.args.forEach((argument, index) =>
      index === term.args.length - 1 ? apply(context, slot, argument, types) : mentionAll(context, [argument]),
    );
  } else if (term.args.length > 0 && (containers[name] !== undefined || mappings.has(name))) {
    container(context, slot, term, mappings.has(name) ? ContainerKind.dictionary : containers[name]!);
  } else {
    mentionAll(context, term.args);
    if (type >= 0) types.push(type);
  }
}

/** Writes the references of types that nothing is annotated with. */
function mentionAll(context: Context, terms: readonly TypeTerm[]): void {
  for (const term of terms) apply(context, -1, term, []);
}

/** `type[A]` holds the class itself. */
function typeArguments(context: Context, slot: number, term: TypeTerm): void {
  for (const argument of term.args) {
    const types: number[] = [];
    apply(context, -1, argument, types);
    for (const type of types) context.flow.copy(slot, type);
  }
}

function container(context: Context, slot: number, term: TypeTerm, kind: number): void {
  const { flow } = context;
  const isTuple = kind === ContainerKind.tuple;
  const valueIndex = kind === ContainerKind.dictionary ? 1 : 0;
  const held = slot < 0 ? -1 : flow.container(kind);
  term.args.forEach((argument, index) => {
    const isValue = held >= 0 && (index === valueIndex || isTuple);
    const element = isValue ? flow.slot() : -1;
    annotateWith(context, element, argument);
    if (isValue)
      flow.emit(FlowOp.storeElement, held, isTuple && term.args.length > 1 ? flow.position(index) : -1, element);
  });
  flow.copy(slot, held);
}

/** Writes the references of a dotted type name; returns its slot, −1 for builtins without meaning to a project. */
function mention(context: Context, term: TypeTerm): number {
  const { unit, flow } = context;
  const [first, ...rest] = term.path;
  if (!first) return -1;
  if (rest.length === 0 && silent.has(unit.text.slice(first[0], first[1]))) return -1;
  let slot = context.readNamedAt(unit.names.id(first[0], first[1]), first[0], rest.length === 0 ? 'type' : 'read');
  rest.forEach(([start, end], index) => {
    const name = unit.nameString(unit.names.id(start, end));
    const reference = context.referenceAt(index === rest.length - 1 ? 'type' : 'read', name, start, Binding.member, -1);
    if (slot < 0) return;
    const loaded = flow.slot();
    flow.emit(FlowOp.load, loaded, slot, name, reference);
    slot = loaded;
  });
  return slot;
}

function parse(context: Context, start: number, end: number): TypeTerm | undefined {
  const parser = new TypeParser(context.unit.text, start, end);
  return parser.union();
}

/** union = term ("|" term)*; term = path ["[" union ("," union)* "]"] | "[" … "]" | string | anything else, skipped. */
class TypeParser {
  readonly #text: string;
  readonly #end: number;
  #at: number;
  #depth = 0;

  constructor(text: string, start: number, end: number) {
    this.#text = text;
    this.#at = start;
    this.#end = end;
  }

  union(): TypeTerm | undefined {
    const members: TypeTerm[] = [];
    for (;;) {
      const term = this.#term();
      if (term) members.push(term);
      this.#space();
      if (this.#text[this.#at] !== '|' || this.#at >= this.#end) break;
      this.#at++;
    }
    return members.length === 1 ? members[0] : members.length === 0 ? undefined : { path: [], args: [], members };
  }

  #term(): TypeTerm | undefined {
    this.#space();
    if (this.#at >= this.#end || this.#depth > 50) return undefined;
    const unit = this.#text[this.#at]!;
    if (unit === '"' || unit === "'") {
      // Strings of several pieces or with escapes stay unread; triple quotes are skipped as empty strings.
      this.#at++;
      const term = this.#text[this.#at] === unit ? undefined : this.union();
      while (this.#at < this.#end && this.#text[this.#at] !== unit) this.#at++;
      this.#at++;
      return term;
    }
    if (unit === '[' || unit === '(') {
      const args = this.#list(unit === '[' ? ']' : ')');
      return { path: [], args: [], members: unit === '(' ? args : [] };
    }
    const path: [number, number][] = [];
    while (this.#at < this.#end && isNameUnit(this.#text.charCodeAt(this.#at))) {
      const start = this.#at;
      while (this.#at < this.#end && isNameUnit(this.#text.charCodeAt(this.#at))) this.#at++;
      path.push([start, this.#at]);
      if (this.#text[this.#at] !== '.' || this.#at >= this.#end) break;
      this.#at++;
    }
    if (path.length === 0 || /[0-9]/.test(this.#text[path[0]![0]]!)) {
      while (this.#at < this.#end && !'|,]"\')'.includes(this.#text[this.#at]!)) this.#at++;
      return undefined;
    }
    this.#space();
    const args = this.#at < this.#end && this.#text[this.#at] === '[' ? this.#list(']') : [];
    return { path, args, members: [] };
  }

  #list(close: string): TypeTerm[] {
    this.#at++;
    this.#depth++;
    const found: TypeTerm[] = [];
    while (this.#at < this.#end && this.#text[this.#at] !== close) {
      const before = this.#at;
      const term = this.union();
      found.push(term ?? { path: [], args: [], members: [] });
      this.#space();
      if (this.#text[this.#at] === ',') this.#at++;
      else if (this.#text[this.#at] !== close && this.#at === before) this.#at++;
      this.#space();
    }
    this.#at++;
    this.#depth--;
    return found;
  }

  #space(): void {
    while (this.#at < this.#end && this.#text.charCodeAt(this.#at) <= 32) this.#at++;
  }
}

function isNameUnit(code: number): boolean {
  return (
    (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code > 127
  );
}
