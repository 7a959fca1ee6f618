/** `operator`: functions that stand for operators, attributes and methods. */
import { ContainerKind } from '#model/flow.ts';
import { ObjectKind } from '../objects.ts';
import { keyOf } from '../operations.ts';
import { allocate, argument, argumentsFrom, give, invoke, type Model, type ModelCall, restArguments } from './model.ts';

/** An object that does something with the first argument of each call: what, its fields say. */
const getter =
  (mark: string): Model =>
  (call) => {
    const { system } = call;
    const site = allocate(call, ContainerKind.object);
    argumentsFrom(call, 0).forEach((slot, index) => {
      system.expand(slot, system.field(site, system.names.id(index === 0 ? mark : `${mark} ${index}`)));
    });
    const extra: number[] = [];
    if (mark === '#calls') extra.push(...restArguments(call, 1));
    system.held.hold(
      site,
      extra.map((value, index) => {
        if (index % 3 !== 1) return value;
        const name = system.names.id(`#argument ${(index - 1) / 3}`);
        system.expand(value, system.field(site, name));
        return name;
      }),
    );
    give(call, site);
  };

/** Calls what `methodcaller`, `attrgetter` or `itemgetter` made. */
export function callGetter(call: ModelCall, made: number): void {
  const { system, site } = call;
  if (site.destination >= 0) system.solver.copy(system.field(made, system.names.id('#referent')), site.destination);
  const subject = argument(call, 0);
  if (subject < 0) return;
  const given = (mark: string, each: (text: string) => void): void =>
    system.each(system.field(made, system.names.id(mark)), (object) => {
      const key = keyOf(system, object);
      if (key >= 0) each(system.keyText(key));
    });
  const load = (text: string, destination: number): void => {
    let from = subject;
    const parts = text.split('.');
    parts.forEach((part, index) => {
      const to = index === parts.length - 1 ? destination : system.newSlot();
      system.each(from, (object) =>
        system.dialect.load(system, object, system.names.id(part), to, site.program, site.row),
      );
      from = to;
    });
  };
  given('#attribute', (text) => load(text, site.destination < 0 ? system.newSlot() : site.destination));
  given('#item', (text) =>
    system.each(subject, (object) => {
      if (system.objects.kind[object] === ObjectKind.site && site.destination >= 0)
        system.dialect.loadElement(system, object, system.keyName(text), site.destination, site.program, site.row);
      else special(call, object, '__getitem__', [system.newSlot()]);
    }),
  );
  given('#calls', (text) => {
    const callee = system.newSlot();
    load(text, callee);
    const held = system.held.of(made).map((value, index) => (index % 3 === 1 ? system.field(made, value) : value));
    invoke(call, callee, held, site.destination);
  });
}

function special(call: ModelCall, object: number, method: string, slots: readonly number[]): void {
  call.system.dialect.callSpecial?.(call.system, object, method, call.site, slots, call.site.destination);
}

const operation =
  (method: string, subject = 0): Model =>
  (call) => {
    const { system } = call;
    const slots = argumentsFrom(call, 0);
    const slot = slots[subject];
    if (slot === undefined) return;
    const rest = slots.filter((_, index) => index !== subject);
    system.each(slot, (object) => {
      if (system.objects.kind[object] === ObjectKind.instance) return special(call, object, method, rest);
      if (method !== '__getitem__' || system.objects.kind[object] !== ObjectKind.site || rest.length === 0) return;
      system.each(rest[0]!, (key) => {
        const name = keyOf(system, key);
        if (name >= 0 && call.site.destination >= 0)
          system.dialect.loadElement(system, object, name, call.site.destination, call.site.program, call.site.row);
      });
    });
  };

const binary = [
  ...['add', 'sub', 'mul', 'truediv', 'floordiv', 'mod', 'pow', 'matmul', 'and_', 'or_', 'xor', 'lshift', 'rshift'],
  ...['lt', 'le', 'eq', 'ne', 'gt', 'ge', 'neg', 'pos', 'invert', 'index', 'getitem', 'setitem', 'delitem'],
  ...['iadd', 'isub', 'imul', 'ior', 'iand'],
];

export const pythonOperators: Readonly<Record<string, Model>> = {
  ...Object.fromEntries(binary.map((name) => [`py:operator#${name}`, operation(`__${name.replace(/_$/, '')}__`)])),
  'py:operator#contains': operation('__contains__'),
  'py:operator#truth': operation('__bool__'),
  'py:operator#attrgetter': getter('#attribute'),
  'py:operator#itemgetter': getter('#item'),
  'py:operator#methodcaller': getter('#calls'),
  'py:operator#call': (call) => invoke(call, argument(call, 0), restArguments(call, 1), call.site.destination),
};
