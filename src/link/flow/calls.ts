/** What happens when a function of the tree is called: arguments meet parameters, results come back. */
import { ArgumentKind, CallFlag, ContainerKind, FlowFunctionFlag } from '#model/flow.ts';
import { parameterKinds } from '#model/vocabulary.ts';
import { addCallee } from './call-site.ts';
import type { CallSite } from './call-sites.ts';
import { ObjectKind, parameterIndex, RECEIVER } from './objects.ts';
import { Constraint } from './constraint.ts';
import type { Program } from './program.ts';
import type { FlowFunction } from './program-rows.ts';
import type { FlowSystem } from './system.ts';

const variadicKind = parameterKinds.indexOf('variadic');
const keywordVariadicKind = parameterKinds.indexOf('keyword-variadic');

const FAR = 12;
const RETURNS = '#returns';

/** Sites that belong to a function rather than to an operation. */
const FunctionSite = {
  variadic: 0,
  keywords: 1,
  generator: 2,
  promise: 3,
  arguments: 4,
} as const;
const defaultName = (index: number): string => `#default ${index}`;

function functionSite(system: FlowSystem, object: number, which: number, kind: number): number {
  return system.objects.intern(ObjectKind.site, object, -which - 1, kind);
}

/** Name of an element by its position: a property in ECMAScript, a key elsewhere. */
function positionName(system: FlowSystem, index: number): number {
  return system.dialect.prefix === 'js:' ? system.names.id(String(index)) : system.keyName(String(index));
}

export function parameterObject(system: FlowSystem, functionObject: number, index: number): number {
  return system.objects.intern(ObjectKind.parameter, functionObject, index);
}

/** Gives a function's parameters their symbolic values; variadic ones are containers. */
export function openParameters(system: FlowSystem, program: Program, fn: FlowFunction): void {
  const object = system.functionObject(program, fn.row);
  fn.parameters.forEach((parameter, index) => {
    if (parameter.slot < 0) return;
    const slot = system.use(program, parameter.slot);
    if (parameter.kind === variadicKind) {
      system.solver.add(slot, functionSite(system, object, FunctionSite.variadic, ContainerKind.list));
    } else if (parameter.kind === keywordVariadicKind) {
      system.solver.add(slot, functionSite(system, object, FunctionSite.keywords, ContainerKind.dictionary));
    } else {
      const symbolic = parameterObject(system, object, index);
      system.solver.add(slot, symbolic);
      if (parameter.default >= 0) {
        system.expand(system.use(program, parameter.default), system.passed(symbolic));
        publish(system, object, system.use(program, parameter.default), defaultName(index));
      }
    }
  });
  if (fn.receiver >= 0 && !(fn.flags & FlowFunctionFlag.arrow)) {
    system.solver.add(system.use(program, fn.receiver), parameterObject(system, object, RECEIVER));
  }
  if (fn.arguments >= 0) {
    system.solver.add(
      system.use(program, fn.arguments),
      functionSite(system, object, FunctionSite.arguments, ContainerKind.arguments),
    );
  }
}

/** What other files may ask of a function: its results. */
export function publishFunction(system: FlowSystem, program: Program, fn: FlowFunction): void {
  const object = system.functionObject(program, fn.row);
  if (fn.flags & FlowFunctionFlag.generator)
    openGenerator(system, program, fn, functionSite(system, object, FunctionSite.generator, ContainerKind.generator));
  else if (fn.flags & FlowFunctionFlag.async) {
    const promise = functionSite(system, object, FunctionSite.promise, ContainerKind.promise);
    system.expand(system.use(program, fn.returns), system.element(promise, system.names.id('[value')));
  }
  publish(system, object, system.use(program, fn.returns), RETURNS);
}

function publish(system: FlowSystem, object: number, slot: number, name: string): void {
  system.publish(object, system.names.id(name), slot);
}

interface Binder {
  readonly site: CallSite;
  readonly system: FlowSystem;
  readonly program: Program;
  readonly fn: FlowFunction;
  readonly object: number;
  readonly pairs: number[];
  /** Parameter indices that take positions, in order. */
  readonly positions: readonly number[];
  readonly variadic: number;
  readonly keywords: number;
  readonly arguments: number;
}

/**
 * Calls a function object. `self` fills the first parameter (Python) when it is not −1; `receiver` is an object for
 * ECMAScript's `this`, −1 for none.
 */
export function callFunction(system: FlowSystem, callee: number, site: CallSite, self: number, receiver = -1): void {
  const isBound = self >= 0;
  const object = system.copies.calledAt(callee, site, self);
  const known = site.bindingOf(object, isBound);
  if (known !== undefined) return addReceiver(system, object, site, self, receiver, known);
  if (!addCallee(site, callee)) return;
  const program = system.programOf(object);
  const fn = system.functionOf(object);
  const binder = makeBinder(system, program, fn, object, site);
  let position = 0;
  if (self >= 0) {
    takeSelf(binder, self);
    position = 1;
  }
  if (fn.receiver >= 0 && !(fn.flags & FlowFunctionFlag.arrow)) passReceiver(binder, site, receiver);
  let spread = false;
  const args = site.arguments;
  for (let i = 0; i < args.length; i += 3) {
    const slot = args[i + 1]!;
    switch (args[i]) {
      case ArgumentKind.positional:
        if (spread) passFrom(binder, position, slot);
        else passAt(binder, position++, slot);
        break;
      case ArgumentKind.keyword:
        passKeyword(binder, args[i + 2]!, slot);
        break;
      case ArgumentKind.spread:
        if (spread) passFrom(binder, position, spreadElements(system, slot));
        else passSpread(binder, position, slot);
        spread = true;
        break;
      case ArgumentKind.keywordSpread:
        passKeywords(binder, slot, self >= 0 ? binder.positions[0] : undefined);
        break;
    }
  }
  // A construction's result is the new object, whatever the constructor returns (objects that it returns are rare and the dialect's).
  const binding = site.destination >= 0 ? connectResult(binder, site, self >= 0 ? self : receiver) : -1;
  site.bind(object, isBound, binding);
}

/** The same function at the same place, on another object: only that is new. */
function addReceiver(
  system: FlowSystem,
  object: number,
  site: CallSite,
  self: number,
  receiver: number,
  binding: number,
): void {
  const given = self >= 0 ? self : receiver;
  if (given < 0) return;
  const program = system.programOf(object);
  const fn = system.functionOf(object);
  const binder = makeBinder(system, program, fn, object, site);
  if (self >= 0) takeSelf(binder, self);
  if (fn.receiver >= 0 && !(fn.flags & FlowFunctionFlag.arrow) && receiver >= 0) passReceiver(binder, site, receiver);
  const { objects, solver, returnBindings } = system;
  if (binding < 0 || !returnBindings.addReceiver(binding, given)) return;
  const destination = returnBindings.destination(binding);
  for (const returned of solver.points(returnBindings.returned(binding))) {
    if (objects.kind[returned] === ObjectKind.parameter && isReceiver(system, returnBindings.callee(binding), returned))
      solver.add(destination, given);
  }
}

function isReceiver(system: FlowSystem, callee: number, parameter: number): boolean {
  const { objects } = system;
  if (objects.a[parameter] !== callee) return false;
  const index = parameterIndex(objects, parameter);
  return index === RECEIVER || (index === 0 && system.functionOf(callee).receiver < 0);
}

function takeSelf(binder: Binder, self: number): void {
  const { system } = binder;
  const first = binder.positions[0];
  if (first !== undefined) passSelf(binder, first, self);
  else if (binder.variadic >= 0) system.solver.add(system.element(binder.variadic, positionName(system, 0)), self);
}

function makeBinder(system: FlowSystem, program: Program, fn: FlowFunction, object: number, site: CallSite): Binder {
  const variadic = fn.hasVariadic ? functionSite(system, object, FunctionSite.variadic, ContainerKind.list) : -1;
  const keywords = fn.hasKeywordVariadic
    ? functionSite(system, object, FunctionSite.keywords, ContainerKind.dictionary)
    : -1;
  const args = fn.arguments < 0 ? -1 : functionSite(system, object, FunctionSite.arguments, ContainerKind.arguments);
  return {
    site,
    system,
    program,
    fn,
    object,
    pairs: [],
    positions: fn.positions,
    variadic,
    keywords,
    arguments: args,
  };
}

function passSelf(binder: Binder, parameter: number, self: number): void {
  const { system } = binder;
  const passed = system.passed(parameterObject(system, binder.object, parameter));
  system.solver.add(passed, self);
}

function passReceiver(binder: Binder, site: CallSite, receiver: number): void {
  const { system } = binder;
  const passed = system.passed(parameterObject(system, binder.object, RECEIVER));
  if (receiver >= 0) system.solver.add(passed, receiver);
  else if (site.receiver >= 0) {
    if (binder.fn.class >= 0)
      system.solver.attach(site.receiver, Constraint.self, passed, system.classObject(binder.program, binder.fn.class));
    else system.expand(site.receiver, passed);
  }
}

function pass(binder: Binder, parameter: number, slot: number): void {
  const { system, fn } = binder;
  const passed = system.passed(parameterObject(system, binder.object, parameter));
  const isSelf = parameter === 0 && fn.class >= 0 && fn.receiver < 0 && !(fn.flags & FlowFunctionFlag.static);
  if (isSelf) system.solver.attach(slot, Constraint.self, passed, system.classObject(binder.program, fn.class));
  else system.expand(slot, passed);
  binder.pairs.push(parameter, slot);
}

function passAt(binder: Binder, position: number, slot: number): void {
  const { system } = binder;
  const parameter = binder.positions[position];
  if (parameter !== undefined) pass(binder, parameter, slot);
  else if (binder.variadic >= 0) {
    system.expand(slot, system.element(binder.variadic, positionName(system, position - binder.positions.length)));
  }
  if (binder.arguments >= 0) system.expand(slot, system.element(binder.arguments, positionName(system, position)));
}

/** A value at an unknown position, not before `position`. */
function passFrom(binder: Binder, position: number, slot: number): void {
  const { system } = binder;
  for (let i = position; i < binder.positions.length; i++) pass(binder, binder.positions[i]!, slot);
  if (binder.variadic >= 0) system.expand(slot, system.element(binder.variadic, system.anyKey));
  if (binder.arguments >= 0) system.expand(slot, system.element(binder.arguments, system.anyKey));
}

function passKeyword(binder: Binder, name: number, slot: number): void {
  const { system } = binder;
  const parameter = binder.fn.parameters.findIndex(
    (candidate) => candidate.name === name && candidate.kind !== variadicKind && candidate.kind !== keywordVariadicKind,
  );
  if (parameter >= 0) pass(binder, parameter, slot);
  else if (binder.keywords >= 0) system.expand(slot, system.element(binder.keywords, system.keyOfName(name)));
}

/** Elements whose places are not known: another spread stands before them. */
function spreadElements(system: FlowSystem, slot: number): number {
  const elements = system.newSlot();
  system.each(slot, (object) => {
    if (system.objects.kind[object] === ObjectKind.site) system.solver.copy(system.elements(object), elements);
  });
  return elements;
}

/** `f(*items)`: elements by their place where it is known. */
function passSpread(binder: Binder, position: number, slot: number): void {
  const { system } = binder;
  const slots: number[] = [];
  for (let i = position; i < binder.positions.length; i++) {
    const part = system.newSlot();
    slots.push(part);
    pass(binder, binder.positions[i]!, part);
  }
  system.each(slot, (object) => {
    if (system.objects.kind[object] === ObjectKind.instance) {
      const elements = system.newSlot();
      system.dialect.iterate(system, object, elements, binder.site.program, binder.site.row);
      for (const part of slots) system.solver.copy(elements, part);
      if (binder.variadic >= 0) system.solver.copy(elements, system.element(binder.variadic, system.anyKey));
      return;
    }
    if (system.objects.kind[object] !== ObjectKind.site) return;
    slots.forEach((part, index) => system.loadKey(object, positionName(system, index), part));
    const rest = (container: number, shift: number): void => {
      system.followElements(object, (key, element) => {
        const text = system.names.text(key);
        const index = key === system.anyKey ? Number.NaN : Number(text.startsWith('[') ? text.slice(1) : text);
        const known = Number.isInteger(index) && index >= 0;
        if (known && index + shift < 0) return;
        // Recursion may shift without end: far positions count as unknown.
        const place = known && index + shift < FAR ? positionName(system, index + shift) : system.anyKey;
        system.solver.copy(element, system.element(container, place));
      });
    };
    if (binder.variadic >= 0) rest(binder.variadic, position - binder.positions.length);
    if (binder.arguments >= 0) rest(binder.arguments, position);
  });
}

/** `f(**table)`. `self`: the parameter that the object fills on which a method is called. */
function passKeywords(binder: Binder, slot: number, self: number | undefined): void {
  const { system } = binder;
  const parts: { key: number; slot: number }[] = [];
  const isFilled = (parameter: number): boolean =>
    parameter === self || binder.pairs.some((each, at) => at % 2 === 0 && each === parameter);
  binder.fn.parameters.forEach((parameter, index) => {
    if (parameter.kind === variadicKind || parameter.kind === keywordVariadicKind || parameter.name < 0) return;
    if (isFilled(index)) return;
    const part = system.newSlot();
    parts.push({ key: system.keyOfName(parameter.name), slot: part });
    pass(binder, index, part);
  });
  system.each(slot, (object) => {
    if (system.objects.kind[object] !== ObjectKind.site) return;
    for (const part of parts) system.loadKey(object, part.key, part.slot);
    if (binder.keywords >= 0) system.copyElements(object, binder.keywords);
  });
}

function connectResult(binder: Binder, site: CallSite, receiver: number): number {
  const { system, program, fn } = binder;
  if (fn.flags & FlowFunctionFlag.generator) {
    const generator = functionSite(system, binder.object, FunctionSite.generator, ContainerKind.generator);
    system.solver.add(site.destination, generator);
    return -1;
  }
  if (fn.flags & FlowFunctionFlag.async && !(site.flags & CallFlag.awaited)) {
    const promise = functionSite(system, binder.object, FunctionSite.promise, ContainerKind.promise);
    system.solver.add(site.destination, promise);
    return -1;
  }
  if (fn.returns < 0) return -1;
  const returned = system.outward(program, binder.object, fn.returns, RETURNS);
  const binding = system.returnBindings.open(binder.object, receiver, returned, site.destination, binder.pairs);
  system.solver.attach(returned, Constraint.result, binding);
  return binding;
}

/** `generator.next(value)`: what is sent is what `yield` gives back inside. */
export function sendInto(system: FlowSystem, generator: number, slot: number): void {
  const { objects } = system;
  if (generator < 0 || slot < 0 || objects.kind[generator] !== ObjectKind.site || objects.b[generator]! >= 0) return;
  const callee = objects.a[generator]!;
  const sent = system.names.id('#sent');
  const index = system.functionOf(callee).parameters.findIndex((each) => each.name === sent);
  if (index >= 0) system.expand(slot, system.passed(parameterObject(system, callee, index)));
}

function openGenerator(system: FlowSystem, program: Program, fn: FlowFunction, generator: number): void {
  if (fn.yields >= 0) system.expand(system.use(program, fn.yields), system.element(generator, system.anyKey));
  if (fn.returns >= 0)
    system.expand(system.use(program, fn.returns), system.field(generator, system.names.id('#return')));
}

/** An object that a callee returns arrives at the caller; the callee's own parameters are what this call passed for them. */
export function fireResult(system: FlowSystem, object: number, binding: number): void {
  const { objects, solver, returnBindings } = system;
  const destination = returnBindings.destination(binding);
  if (objects.kind[object] !== ObjectKind.parameter) return solver.add(destination, object);
  const callee = returnBindings.callee(binding);
  if (objects.a[object] !== callee) return solver.copy(system.passed(object), destination);
  const index = parameterIndex(objects, object);
  const fn = system.functionOf(callee);
  let given = false;
  if (returnBindings.hasReceivers(binding) && (index === RECEIVER || (index === 0 && fn.receiver < 0))) {
    returnBindings.eachReceiver(binding, (receiver) => solver.add(destination, receiver));
    given = true;
  }
  if (returnBindings.eachSlot(binding, index, (slot) => solver.copy(slot, destination))) given = true;
  if (given) return;
  const parameter = fn.parameters[index];
  if (index === RECEIVER) solver.copy(system.passed(object), destination);
  else if (parameter && parameter.default >= 0) {
    const program = system.programOf(callee);
    solver.copy(system.outward(program, callee, parameter.default, defaultName(index)), destination);
  }
}
