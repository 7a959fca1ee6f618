/** Objects between others: who speaks for all, and who keeps a state for another. */
import type { SymbolRecord } from '#model/snapshot.ts';
import type { ClassModel, MethodModel } from './class-model.ts';
import { found, named, type PatternFinder, symbolsOf } from './pattern-finder.ts';

const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Colleagues that know only the one in the middle, which knows them all. */
export const mediators: PatternFinder = function* (classes) {
  for (const mediator of classes.all) {
    if (mediator.symbol.kind === 'interface') continue;
    const colleagues = new Set<ClassModel>();
    for (const types of mediator.holds.values())
      for (const id of types) {
        const colleague = classes.get(id);
        if (!colleague || colleague === mediator || classes.isA(id, mediator.symbol.id)) continue;
        const knows = [...classes.held(colleague)].some(
          ([field, held]) =>
            [...held].some((type) => type === mediator.symbol.id || classes.isA(mediator.symbol.id, type)) &&
            colleague.methods.some(({ handedOn }) => handedOn.some((to) => to.field.id === field.id)),
        );
        const isAsked = mediator.methods.some(({ handedOn }) => handedOn.some(({ owner }) => owner === id));
        if (knows && isAsked) colleagues.add(colleague);
      }
    if (colleagues.size < 2) continue;
    const list = [...colleagues];
    const direct = list.some((one) =>
      [...one.holds.values()].some((types) => list.some((other) => other !== one && types.has(other.symbol.id))),
    );
    if (direct || !passesOn(mediator, list)) continue;
    yield found(
      'mediator',
      `${named(symbolsOf(list))} report to it and do not know each other; it decides what each does.`,
      [
        ['mediator', mediator.symbol],
        ['colleague', symbolsOf(list)],
      ],
    );
  }
};

/** What one colleague calls of it goes on to another: without that, it is only a hub. */
function passesOn(mediator: ClassModel, colleagues: readonly ClassModel[]): boolean {
  return mediator.methods.some((method) =>
    colleagues.some(
      (one) =>
        one.methods.some(({ calls }) => calls.some(({ id }) => id === method.symbol.id)) &&
        method.handedOn.some(({ owner }) => colleagues.some((other) => other !== one && other.symbol.id === owner)),
    ),
  );
}

/** A state that is given out as an object, and taken back. */
export const mementos: PatternFinder = function* (classes) {
  for (const originator of classes.all)
    for (const save of originator.methods) {
      const [memento] = [...save.returned]
        .filter((id) => id !== originator.symbol.id)
        .flatMap((id) => classes.get(id) ?? []);
      if (!memento || memento.isAbstract || memento.methods.length > 3 || memento.fields.length === 0) continue;
      const saved = [...save.reads].filter((id) => originator.fields.some((field) => field.id === id));
      if (saved.length === 0) continue;
      const mine = new Set<number>([
        ...memento.fields.map(({ id }) => id),
        ...memento.methods.map(({ symbol }) => symbol.id),
      ]);
      const restore = originator.methods.find(
        (method) =>
          method !== save &&
          saved.some((id) => method.writes.has(id)) &&
          ([...method.reads].some((id) => mine.has(id)) || method.calls.some(({ id }) => mine.has(id))) &&
          isGiven(method, memento.symbol),
      );
      if (!restore) continue;
      const caretakers = classes.all.filter(
        (each) =>
          each !== originator &&
          each !== memento &&
          each.methods.some(({ calls }) => calls.some(({ id }) => id === save.symbol.id)),
      );
      yield found(
        'memento',
        `${save.symbol.name} gives its state out as a ${memento.symbol.name}, and ${restore.symbol.name} takes it back.`,
        [
          ['originator', originator.symbol],
          ['memento', memento.symbol],
          ...(caretakers.length > 0 ? ([['caretaker', symbolsOf(caretakers)]] as const) : []),
        ],
      );
      break;
    }
};

/** A parameter is used as the saved state, not one that it makes itself. */
function isGiven({ symbol, source, made }: MethodModel, memento: SymbolRecord): boolean {
  return (
    !made.has(memento.id) &&
    symbol.parameters.some(({ name }) => name !== 'self' && new RegExp(`\\b${quoted(name)}\\s*\\.`).test(source))
  );
}
