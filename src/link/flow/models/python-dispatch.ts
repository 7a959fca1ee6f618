/** `functools.singledispatch`: the implementation that is registered for the type of the first argument, else the function itself. */
import { ContainerKind } from '#model/flow.ts';
import { PARAMETER_STRIDE, ParameterColumn, SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import { constantNames, containerNames } from '../python-types.ts';
import { firstMadeClass, ObjectKind } from '../objects.ts';
import type { FlowSystem } from '../system.ts';
import { allocate, argument, argumentsFrom, give, invoke, type Model, type ModelCall, restArguments } from './model.ts';

/** `isMethod`: the second argument's type counts, since the first is the instance. */
const make =
  (isMethod: boolean): Model =>
  (call) => {
    const { system } = call;
    const site = allocate(call, ContainerKind.object);
    system.expand(argument(call, 0), system.field(site, system.names.id('#default')));
    const mark = system.objects.intern(ObjectKind.constant, 2, -1);
    if (isMethod) system.solver.add(system.field(site, system.names.id('#method')), mark);
    const register = system.bound(system.external('py:functools#singledispatch().register'), site);
    system.solver.add(system.field(site, system.names.id('register')), register);
    const dispatch = system.bound(system.external('py:functools#singledispatch().dispatch'), site);
    system.solver.add(system.field(site, system.names.id('dispatch')), dispatch);
    give(call, site);
  };

/** `@f.register(T)`, `@f.register` by the annotation, `f.register(T, g)`. */
const register: Model = (call) => {
  const { system, receiver } = call;
  const first = argument(call, 0);
  const second = argument(call, 1, 'func');
  if (second >= 0) {
    system.each(first, (type) => add(system, receiver, type, second));
    system.solver.copy(second, call.site.destination < 0 ? system.newSlot() : call.site.destination);
    return;
  }
  system.each(first, (object) => {
    const kind = system.objects.kind[object];
    if (kind === ObjectKind.function || kind === ObjectKind.wrapper) return addAnnotated(call, object);
    // A decorator for that type.
    const decorator = allocate(call, ContainerKind.object, 2);
    system.solver.add(system.field(decorator, system.names.id('#dispatcher')), receiver);
    system.solver.add(system.field(decorator, system.names.id('#type')), object);
    give(call, decorator);
  });
};

function addAnnotated(call: ModelCall, implementation: number): void {
  const { system, receiver } = call;
  const { objects } = system;
  const callee = objects.kind[implementation] === ObjectKind.wrapper ? objects.a[implementation]! : implementation;
  give(call, implementation);
  if (objects.kind[callee] !== ObjectKind.function) return;
  const slot = system.newSlot();
  system.solver.add(slot, implementation);
  const { facts } = system.programOf(callee);
  const fn = system.functionOf(callee);
  const position = fn.class >= 0 ? 1 : 0;
  const parameter = fn.parameters[position];
  if (!parameter) return;
  const first = facts.symbols[fn.symbol * SYMBOL_STRIDE + SymbolColumn.parameters]!;
  const text = facts.strings[facts.parameters[(first + position) * PARAMETER_STRIDE + ParameterColumn.type]!];
  if (text !== undefined && builtinTypes.has(text)) add(system, receiver, system.external(`py:builtins#${text}`), slot);
  if (system.isForeign(system.programOf(callee))) return;
  const annotated = system.use(system.programOf(callee), parameter.slot);
  for (const annotation of system.annotations)
    if (annotation.destination === annotated) system.each(annotation.type, (type) => add(system, receiver, type, slot));
}

const builtinTypes: ReadonlySet<string> = new Set([
  ...Object.values(constantNames),
  ...Object.values(containerNames),
  'float',
]);

function add(system: FlowSystem, dispatcher: number, type: number, implementation: number): void {
  const name = typeName(system, type);
  if (name === undefined) return;
  system.expand(implementation, system.element(dispatcher, system.names.id(`#for ${name}`)));
}

/** A name for a class object or an outside type. */
function typeName(system: FlowSystem, type: number): string | undefined {
  const { objects, names } = system;
  if (objects.kind[type] === ObjectKind.class)
    return `class ${names.text(objects.b[type]! % firstMadeClass)} ${objects.hash[type]}`;
  return objects.kind[type] === ObjectKind.external ? names.text(objects.a[type]!) : undefined;
}

/** Types of a value, the most specific first. */
function typesOf(system: FlowSystem, object: number): string[] {
  const { objects, dialect, names } = system;
  switch (objects.kind[object]) {
    case ObjectKind.instance:
      return dialect.order(objects.a[object]!).map((each) => typeName(system, each) ?? '');
    case ObjectKind.constant:
      return [`py:builtins#${constantNames[objects.a[object]!] ?? 'object'}`];
    case ObjectKind.site:
      return [`py:builtins#${containerNames[objects.detail[object]!] ?? 'object'}`];
    case ObjectKind.external:
      return [names.text(objects.a[object]!).replace(/\(\)$/, '')];
    default:
      return [];
  }
}

/** Calls what `singledispatch` made, or adds an implementation where its `register(T)` is called. */
export function callDispatcher(call: ModelCall, made: number): void {
  const { system, site } = call;
  const { names } = system;
  system.each(system.field(made, names.id('#dispatcher')), (dispatcher) => {
    const implementation = argumentsFrom(call, 0)[0];
    if (implementation === undefined) return;
    system.each(system.field(made, names.id('#type')), (type) => add(system, dispatcher, type, implementation));
    system.expand(implementation, site.destination < 0 ? system.newSlot() : site.destination);
  });
  const fallback = system.field(made, names.id('#default'));
  system.each(fallback, () => {
    const isMethod = system.solver.size(system.field(made, names.id('#method'))) > 0;
    const subject = argumentsFrom(call, 0)[isMethod ? 1 : 0];
    const asked = new Set<number>();
    const callSlot = (slot: number): void => {
      if (asked.has(slot)) return;
      asked.add(slot);
      invoke(call, slot, restArguments(call, 0), site.destination);
    };
    if (subject === undefined) return callSlot(fallback);
    system.each(subject, (object) => {
      // All implementations must be known first.
      system.dialect.defer(() => {
        const chosen = typesOf(system, object)
          .map((name) => names.id(`#for ${name}`))
          .find((name) => system.hasElement(made, name));
        callSlot(chosen === undefined ? fallback : system.element(made, chosen));
      });
    });
  });
}

export const pythonDispatch: Readonly<Record<string, Model>> = {
  'py:functools#singledispatch': make(false),
  'py:functools#singledispatchmethod': make(true),
  'py:functools#singledispatch().register': register,
};
