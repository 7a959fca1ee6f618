import { ContainerKind } from '#model/flow.ts';
import { sendInto } from '../calls.ts';
import { ObjectKind } from '../objects.ts';
import {
  allocate,
  argument,
  argumentsFrom,
  give,
  giveFrom,
  invoke,
  iterated,
  type Model,
  type ModelCall,
  nextElement,
  positional,
} from './model.ts';

const elementsOf = ({ system, receiver }: ModelCall): number =>
  receiver < 0 ? system.newSlot() : system.elements(receiver);

function self(call: ModelCall): number {
  const slot = call.system.newSlot();
  if (call.receiver >= 0) call.system.solver.add(slot, call.receiver);
  return slot;
}

/** Calls back with (element, index, array) on the given `this`. */
function eachElement(call: ModelCall, destination = -1): void {
  const { system } = call;
  invoke(
    call,
    argument(call, 0),
    positional([elementsOf(call), system.newSlot(), self(call)]),
    destination,
    argument(call, 1),
  );
}

function list(call: ModelCall, slot: number): void {
  const site = allocate(call, ContainerKind.list);
  call.system.expand(slot, call.system.element(site, call.system.anyKey));
  give(call, site);
}

const forEach: Model = (call) => eachElement(call);

const map: Model = (call) => {
  const result = call.system.newSlot();
  eachElement(call, result);
  list(call, result);
};

const flatMap: Model = (call) => {
  const { system } = call;
  const result = system.newSlot();
  eachElement(call, result);
  list(call, flattened(call, result));
};

/** Arrays give their elements, other things themselves. */
function flattened(call: ModelCall, slot: number): number {
  const { system } = call;
  const flat = system.newSlot();
  system.each(slot, (object) => {
    if (system.objects.kind[object] === ObjectKind.site && system.objects.detail[object] === ContainerKind.list)
      system.solver.copy(system.elements(object), flat);
    else system.solver.add(flat, object);
  });
  return flat;
}

const filter: Model = (call) => {
  eachElement(call);
  list(call, elementsOf(call));
};

const find: Model = (call) => {
  eachElement(call);
  giveFrom(call, elementsOf(call));
};

const reduce: Model = (call) => {
  const { system } = call;
  const state = system.newSlot();
  const initial = argument(call, 1);
  system.expand(initial >= 0 ? initial : elementsOf(call), state);
  const result = system.newSlot();
  system.expand(result, state);
  invoke(call, argument(call, 0), positional([state, elementsOf(call), system.newSlot(), self(call)]), result);
  giveFrom(call, state);
};

const sort: Model = (call) => {
  invoke(call, argument(call, 0), positional([elementsOf(call), elementsOf(call)]));
  give(call, call.receiver);
};

const sorted: Model = (call) => {
  invoke(call, argument(call, 0), positional([elementsOf(call), elementsOf(call)]));
  list(call, elementsOf(call));
};

/** The extractor says at which place of an array that has been written out the next element comes to stand. */
const push: Model = (call) => {
  const { system, receiver } = call;
  const into = system.element(receiver, system.anyKey);
  argumentsFrom(call, 0).forEach((slot, index) => system.expand(slot, nextElement(call, index)));
  for (let i = 0; i < call.site.arguments.length; i += 3)
    if (call.site.arguments[i] === 2) system.expand(iterated(call, call.site.arguments[i + 1]!), into);
};

const take: Model = (call) => giveFrom(call, elementsOf(call));

const copy: Model = (call) => {
  const site = allocate(call, ContainerKind.list);
  call.system.copyElements(call.receiver, site);
  give(call, site);
};

const concat: Model = (call) => {
  const { system } = call;
  const site = allocate(call, ContainerKind.list);
  const into = system.element(site, system.anyKey);
  system.solver.copy(elementsOf(call), into);
  for (const slot of argumentsFrom(call, 0)) system.expand(flattened(call, slot), into);
  give(call, site);
};

const splice: Model = (call) => {
  const { system } = call;
  for (const slot of argumentsFrom(call, 2)) system.expand(slot, system.element(call.receiver, system.anyKey));
  list(call, elementsOf(call));
};

const flat: Model = (call) => list(call, flattened(call, elementsOf(call)));

const fill: Model = (call) => {
  call.system.expand(argument(call, 0), call.system.element(call.receiver, call.system.anyKey));
  give(call, call.receiver);
};

const entries: Model = (call) => {
  const { system } = call;
  const site = allocate(call, ContainerKind.generator);
  const pair = allocate(call, ContainerKind.list, 1);
  system.solver.copy(elementsOf(call), system.element(pair, system.names.id('1')));
  system.solver.add(system.element(site, system.anyKey), pair);
  give(call, site);
};

const from: Model = (call) => {
  const { system } = call;
  const elements = iterated(call, argument(call, 0));
  if (argument(call, 1) < 0) return list(call, elements);
  const result = system.newSlot();
  invoke(call, argument(call, 1), positional([elements, system.newSlot()]), result, argument(call, 2));
  list(call, result);
};

const of: Model = (call) => {
  const { system } = call;
  const site = allocate(call, ContainerKind.list);
  argumentsFrom(call, 0).forEach((slot, index) =>
    system.expand(slot, system.element(site, system.names.id(String(index)))),
  );
  give(call, site);
};

const iterator: Model = (call) => {
  const site = allocate(call, ContainerKind.generator);
  call.system.solver.copy(elementsOf(call), call.system.element(site, call.system.anyKey));
  give(call, site);
};

const a = 'js:globals#Array.prototype.';
const generator = 'js:globals#Generator.prototype.';

const next: Model = (call) => {
  const { system } = call;
  sendInto(system, call.receiver, argument(call, 0));
  const step = allocate(call, ContainerKind.object);
  system.solver.copy(elementsOf(call), system.element(step, system.names.id('value')));
  if (call.receiver >= 0)
    system.solver.copy(
      system.field(call.receiver, system.names.id('#return')),
      system.element(step, system.names.id('value')),
    );
  give(call, step);
};

export const ecmascriptArrays: Readonly<Record<string, Model>> = {
  [`${a}forEach`]: forEach,
  [`${a}map`]: map,
  [`${a}filter`]: filter,
  [`${a}find`]: find,
  [`${a}findLast`]: find,
  [`${a}findIndex`]: forEach,
  [`${a}findLastIndex`]: forEach,
  [`${a}some`]: forEach,
  [`${a}every`]: forEach,
  [`${a}reduce`]: reduce,
  [`${a}reduceRight`]: reduce,
  [`${a}sort`]: sort,
  [`${a}toSorted`]: sorted,
  [`${a}flatMap`]: flatMap,
  [`${a}push`]: push,
  [`${a}unshift`]: push,
  [`${a}pop`]: take,
  [`${a}shift`]: take,
  [`${a}at`]: take,
  [`${a}slice`]: copy,
  [`${a}concat`]: concat,
  [`${a}splice`]: splice,
  [`${a}flat`]: flat,
  [`${a}reverse`]: (call) => give(call, call.receiver),
  [`${a}toReversed`]: copy,
  [`${a}fill`]: fill,
  [`${a}values`]: iterator,
  [`${a}entries`]: entries,
  [`${a}keys`]: () => {},
  [`${a}join`]: () => {},
  [`${a}indexOf`]: () => {},
  [`${a}includes`]: () => {},
  [`${a}@@iterator`]: iterator,
  'js:globals#Array.from': from,
  'js:globals#Array.of': of,
  'js:globals#Array': of,
  'js:globals#Array.isArray': () => {},
  [`${generator}next`]: next,
  [`${generator}return`]: next,
  [`${generator}throw`]: next,
};
